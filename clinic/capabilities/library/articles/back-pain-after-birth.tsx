import { PUBLIC_ROUTES } from '../../../platform/web/layout/index.ts';
import {
  DrawInPicture,
  HoldClosePicture,
  PostureBeforeAndAfter,
  SitToStrapPicture,
  SquatLiftPicture,
} from '../figures/index.ts';
import { ArticlePage, type ArticlePart, type ArticleProps } from './article-page.tsx';
import { BACK_PAIN } from './catalogue.ts';
import { Cite, type Source } from './sources.tsx';
import { Step } from './step.tsx';

const SOURCES: readonly Source[] = [
  {
    id: 'red-flags',
    text: 'International framework for red flags of serious disease of the spine, IFOMPT, 2020.',
    href: 'https://doi.org/10.2519/jospt.2020.9971',
  },
  {
    id: 'infection',
    text: 'Infection of the spine and the sacroiliac joints (PMID 19115661).',
    href: 'https://pubmed.ncbi.nlm.nih.gov/19115661/',
  },
  {
    id: 'hear-her',
    text: 'Hear Her: urgent warning signs during pregnancy and in the year after. CDC, United States.',
  },
  {
    id: 'six-months',
    text: 'Women with back or pelvic pain in pregnancy, asked again about six months after the birth (PMC3937130).',
    href: 'https://pmc.ncbi.nlm.nih.gov/articles/PMC3937130/',
  },
  { id: 'pengel', text: 'Pengel and others: the course of acute low back pain, a systematic review, 2003.' },
  {
    id: 'eleven-years',
    text: 'Pregnancy-related pain at three to six months and up to eleven years after birth (PMC4941027).',
    href: 'https://pmc.ncbi.nlm.nih.gov/articles/PMC4941027/',
  },
  {
    id: 'ostelo',
    text: 'Ostelo and others: how much change in pain and function matters to a patient, 2008.',
  },
  { id: 'afp', text: 'Diagnosis and management of acute low back pain. American Family Physician, 2000.' },
];

const cite = (id: string) => <Cite from={SOURCES} id={id} />;

const PARTS: readonly ArticlePart[] = [
  { id: 'what', title: 'What it feels like', body: <WhatItFeelsLike /> },
  { id: 'when', title: 'When it starts', body: <WhenItStarts /> },
  { id: 'why', title: 'Why it happens', body: <WhyItHappens /> },
  { id: 'who', title: 'Who else it reaches', body: <WhoElse /> },
  { id: 'helps', title: 'What helps', body: <WhatHelps /> },
  { id: 'long', title: 'How long it takes', body: <HowLong /> },
  { id: 'prevent', title: 'Preventing it in pregnancy', body: <Preventing /> },
];

/** Post-partum back pain: what, when, why, who else, what helps, how long, and preventing it. */
export function BackPainArticle(props: ArticleProps) {
  return (
    <ArticlePage
      {...props}
      meta={BACK_PAIN}
      parts={PARTS}
      sources={SOURCES}
      next={{
        text: 'See somebody who watches you lift, turn and carry, and who looks at your belly wall as well as your back.',
        label: 'Book now',
        href: PUBLIC_ROUTES.book,
      }}
      emergency={
        <>
          <p>
            if you cannot feel the area between your legs, have new trouble with bladder or bowel, or your
            legs grow weaker;
            {cite('red-flags')} if you have a fever with strong back pain,{cite('infection')} or belly pain
            with foul or heavy bleeding; if a calf or leg hurts and swells, your chest hurts or you cannot get
            your breath; if a headache keeps getting worse, your sight changes, you faint, or your face or
            hands swell.{cite('hear-her')}
          </p>
          <p>
            If you think of harming yourself or the baby, call your local crisis line or emergency number now.
            These signs count for a whole year after birth.
          </p>
        </>
      }
    />
  );
}

function WhatItFeelsLike() {
  return (
    <>
      <p>
        Dull across the lower back on some days, stabbing on one side on others. Often it sits low, near the
        two dimples above the buttocks, where the pelvis joins the spine. It may be worse when you turn in
        bed, get out of a car, climb stairs, push a loaded stroller, or lower a sleeping child into a crib.
      </p>
      <p>
        Between those moments you may feel almost well, and that makes it hard to explain to anyone who asks.
        It is real all the same. Write down which movement hurts, on which side, and what you cannot do
        because of it. That list is worth more to a clinician than a single number.
      </p>
      <p>
        Sudden sharp pain in the pelvis or the tailbone area, or pain after a fall, should be seen by a doctor
        the same day: a small crack in the sacrum can happen after birth, and an X-ray can miss it.
      </p>
    </>
  );
}

function WhenItStarts() {
  return (
    <p>
      For many women it begins in pregnancy, sometimes in the first three months, long before there is much
      weight to carry. For others it comes after the birth, when the lifting begins and the nights fall apart.
      Either way the birth itself does not switch it off. In one study of 639 women who had such pain in
      pregnancy, 200 still had it about six months after the birth.{cite('six-months')} So if it is still
      there at seven weeks, you are not alone and you have not done anything to deserve it.
    </p>
  );
}

function WhyItHappens() {
  return (
    <>
      <PostureBeforeAndAfter />
      <p>
        During pregnancy the hormones relaxin, progesterone and oestrogen loosen ligaments and joints, to make
        room. The wall of the belly stretches. The centre of gravity moves forward, and the lower back answers
        by arching more. After the birth all of this goes back, but slowly, over months, and not all of it at
        the same pace.
      </p>
      <p>
        Then comes the lifting. A baby, a car seat, a stroller, perhaps an older child: dozens of times a day,
        quickly, often with a turn, often on little sleep. Each lift is small. The day is not. Loose joints
        and a stretched belly wall meet the highest number of lifts of your life, and nobody has counted them.
      </p>
    </>
  );
}

function WhoElse() {
  return (
    <p>
      Fathers, grandparents, adoptive parents and people who work in child care hurt from the same repetition.
      They have not had the hormones, but they have the crib, the car seat and the clock. What follows about
      lifting is for them too, and there is{' '}
      <a href={PUBLIC_ROUTES.lifting}>a page for everyone who lifts a child</a>. It also helps if the whole
      household lifts the same way: the child learns to wait half a second, and so does everybody else.
    </p>
  );
}

function WhatHelps() {
  return (
    <>
      <p>
        Four things, in this order. None of them needs equipment, and each fits into what you do anyway. Stop
        and ask somebody if one of them makes the pain sharper, or if you had a caesarean and nobody has yet
        said that you may load your belly.
      </p>
      <ol class="do">
        <Step number={1} title="Draw in, gently" picture={<DrawInPicture />}>
          <p>
            Pull the lower belly in as if away from a waistband, and keep breathing. Hold it for the length of
            a lift. This calls on the deepest belly muscle, the one that works like a belt.
          </p>
        </Step>
        <Step number={2} title="Lift from the legs, in your time" picture={<SquatLiftPicture />}>
          <p>
            Feet on either side of the load, hips back, chest long. Two seconds on the way up. Hurry is what
            the back pays for most.
          </p>
        </Step>
        <Step number={3} title="Close before high" picture={<HoldClosePicture />}>
          <p>
            Bring the baby to your chest first, then stand. The further away a load is held, the harder the
            back muscles pull to balance it.
          </p>
        </Step>
        <Step number={4} title="Take lifts out of the day" picture={<SitToStrapPicture />}>
          <p>
            Sit down to fasten the car seat. Raise the mattress of the crib while you safely can. Keep nappies
            on two floors. Let the older child climb. Fewer lifts help more than perfect ones.
          </p>
        </Step>
      </ol>
      <p>
        Then build strength again, in steps: first walking, then rising from a chair without hands, then the
        same with the baby held close, then stairs. Move up when a step has felt easy for a few days, and go
        back one when the night after was bad. Staying in bed is rarely the answer, and neither is gritting
        your teeth.
      </p>
    </>
  );
}

function HowLong() {
  return (
    <>
      <p>
        Nobody can honestly give you a date. What can be said are ranges. Among people with a fresh attack of
        low back pain, pain had fallen by 58 % on average after one month, and 73 % had another attack within
        a year.{cite('pengel')} After pregnancy the tail is longer: 16 % in one report still had pain at three
        to six months, and 10 % at up to eleven years.{cite('eleven-years')}
      </p>
      <p>
        So watch the direction rather than the calendar. A change that people notice is about 2 points on a
        scale from 0 to 10, or 30 % of where you began.{cite('ostelo')} If there is less change than that
        after four weeks, or you are not back to what you usually do after four to six weeks, somebody should
        look again{cite('afp')} instead of telling you to wait.
      </p>
    </>
  );
}

function Preventing() {
  return (
    <>
      <p>If you are pregnant now, or may be again, these are worth the small effort:</p>
      <ul class="bullets">
        <li>
          Practise the gentle drawing in while standing, sitting and walking, so that it is there when you
          need it.
        </li>
        <li>
          Learn the lift from the legs before there is a belly in the way, and ask the household to learn it
          as well.
        </li>
        <li>
          Keep walking and keep your legs and hips strong, as far as whoever looks after your pregnancy
          agrees.
        </li>
        <li>
          Change position often. Standing on one leg with a hip pushed out tires the joints that are
          loosening.
        </li>
        <li>
          Set up the home early: where the crib stands, how high you change the baby, where the car seat
          waits.
        </li>
        <li>
          Speak up about pain in pregnancy. It is easier to help at month four than at week seven after the
          birth.
        </li>
      </ul>
    </>
  );
}
