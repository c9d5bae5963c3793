import { render } from 'preact-render-to-string';

/** A mail as it goes out: the same words as plain text and as HTML. */
export interface WrittenMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The clinic that writes. `demo` marks the mail as one of the demo clinic, in which everybody is simulated. */
export interface WritingClinic {
  readonly clinicName: string;
  /** Shown as the way to reach a person, where there is one. */
  readonly clinicPhone?: string | null | undefined;
  readonly demo: boolean;
}

/** A part of a mail, the same in text and HTML. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly Fact[] }
  | { readonly kind: 'link'; readonly label: string; readonly url: string };

export interface Fact {
  readonly label: string;
  readonly lines: readonly string[];
}

export interface MailContent extends WritingClinic {
  readonly subject: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

const DEMO_LINE = 'Demo clinic. Everyone here is simulated.';

/** Writes a mail from its parts. Throws RangeError for a link that is not http or https. */
export function writeMail(content: MailContent): WrittenMail {
  const blocks = content.blocks.map(withCheckedLink);
  const mail = { ...content, subject: oneLine(content.subject), blocks };
  return {
    subject: mail.subject,
    text: asText(mail),
    html: `<!doctype html>${render(<Page {...mail} />)}`,
  };
}

/**
 * "Hello Ana,", or "Hello," where the name looks like a web address or an advertisement: anybody can type a name into
 * a public form, and the clinic's mail must not carry their links.
 */
export function greeting(givenName: string): string {
  const name = oneLine(givenName);
  const isName = name !== '' && name.length <= 60 && !/[/:@<>\\]|www|\.[\p{L}\p{N}]/iu.test(name);
  return isName ? `Hello ${name},` : 'Hello,';
}

/** The rows that have something to show. */
export function facts(rows: readonly (readonly [label: string, lines: readonly (string | null)[]])[]): Block {
  const filled = rows.map(([label, lines]) => ({
    label,
    lines: lines.flatMap((line) => (line ? [oneLine(line)] : [])),
  }));
  return { kind: 'facts', rows: filled.filter(({ lines }) => lines.length > 0) };
}

/** A paragraph, or nothing where there is no text. */
export function paragraph(text: string | null | undefined): Block[] {
  return text?.trim() ? [{ kind: 'paragraph', text: text.trim() }] : [];
}

/** How to reach a person: by telephone where the clinic has given a number. */
export function reachUs({ clinicPhone }: WritingClinic): string {
  return clinicPhone ? `ring us on ${clinicPhone}` : 'get in touch with the clinic';
}

function asText({ title, blocks, clinicName, clinicPhone, demo }: MailContent): string {
  const parts = [title, ...blocks.map(blockAsText), [clinicName, clinicPhone].filter(Boolean).join('\n')];
  return `${[...parts, ...(demo ? [DEMO_LINE] : [])].join('\n\n')}\n`;
}

function blockAsText(block: Block): string {
  if (block.kind === 'paragraph') return block.text;
  if (block.kind === 'link') return `${block.label}:\n${block.url}`;
  return block.rows
    .map(({ label, lines }) => [label, ...lines.map((line) => `  ${line}`)].join('\n'))
    .join('\n');
}

// Colours are left to the reader's program, which knows whether it is dark; only the button brings its own pair.
const FONT = "'Hanken Grotesk','Avenir Next','Segoe UI','Helvetica Neue',Arial,sans-serif";
const BUTTON = 'background:#802455;color:#fefbf7;border-radius:8px;padding:14px 22px;font-weight:600';

function Page({ subject, title, blocks, clinicName, clinicPhone, demo }: MailContent) {
  return (
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{subject}</title>
        <style>{':root{color-scheme:light dark}'}</style>
      </head>
      <body style={`margin:0;padding:24px 16px;font:400 17px/1.55 ${FONT}`}>
        <div style="max-width:34rem;margin:0 auto">
          <h1 style="font-size:24px;line-height:1.2;font-weight:640;margin:0 0 20px">{title}</h1>
          {blocks.map((block) => (
            <BlockAsHtml {...block} />
          ))}
          <hr style="border:0;border-top:1px solid #8d7c73;margin:28px 0 16px" />
          <p style="font-size:15px;margin:0">
            {clinicName}
            {clinicPhone ? (
              <>
                <br />
                {clinicPhone}
              </>
            ) : null}
          </p>
          {demo ? <p style="font-size:15px;font-weight:600;margin:12px 0 0">{DEMO_LINE}</p> : null}
        </div>
      </body>
    </html>
  );
}

function BlockAsHtml(block: Block) {
  if (block.kind === 'paragraph') {
    return <p style="margin:0 0 16px;white-space:pre-line">{block.text}</p>;
  }
  if (block.kind === 'link') {
    return (
      <p style="margin:24px 0">
        <a href={block.url} style={`display:inline-block;text-decoration:none;${BUTTON}`}>
          {block.label}
        </a>
      </p>
    );
  }
  return (
    <dl style="margin:0 0 20px">
      {block.rows.map(({ label, lines }) => (
        <>
          <dt style="font-size:15px;font-weight:600;margin:12px 0 0">{label}</dt>
          {lines.map((line) => (
            <dd style="margin:0">{line}</dd>
          ))}
        </>
      ))}
    </dl>
  );
}

function withCheckedLink(block: Block): Block {
  if (block.kind !== 'link') return block;
  const url = URL.parse(block.url);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new RangeError(`Expected an http or https address for "${block.label}".`);
  }
  return { ...block, url: url.href };
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
