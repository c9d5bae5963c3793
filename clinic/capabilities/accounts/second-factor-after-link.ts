import { randomBytes } from 'node:crypto';
import type { BetterAuthPlugin } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { deleteSessionCookie } from 'better-auth/cookies';

const CHALLENGE_S = 600;

/**
 * A sign-in link proves the mailbox, not the second factor, and better-auth asks for the factor after passwords
 * only. This ends the session that the link has just opened and leaves the same challenge that a password
 * would have left, so that one page serves both ways in.
 */
export function secondFactorAfterLink() {
  return {
    id: 'second-factor-after-link',
    hooks: {
      after: [
        {
          matcher: (context) => context.path === '/magic-link/verify',
          handler: createAuthMiddleware(async (ctx) => {
            const opened = ctx.context.newSession;
            if (opened?.user.twoFactorEnabled !== true) return;
            deleteSessionCookie(ctx, true);
            await ctx.context.internalAdapter.deleteSession(opened.session.token);
            ctx.context.setNewSession(null);
            const challenge = `2fa-${randomBytes(15).toString('base64url')}`;
            const expiresAt = new Date(Date.now() + CHALLENGE_S * 1000);
            const store = ctx.context.internalAdapter;
            await store.createVerificationValue({ value: opened.user.id, identifier: challenge, expiresAt });
            await store.createVerificationValue({
              value: '0',
              identifier: `2fa-attempts-${challenge}`,
              expiresAt,
            });
            const cookie = ctx.context.createAuthCookie('two_factor', { maxAge: CHALLENGE_S });
            await ctx.setSignedCookie(cookie.name, challenge, ctx.context.secret, cookie.attributes);
            return ctx.json({ twoFactorRedirect: true });
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin;
}
