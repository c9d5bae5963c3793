import { PUBLIC_ROUTES } from '../../../platform/web/layout/index.ts';
import {
  CarSeatPicture,
  CribPicture,
  FeedingPicture,
  HoldClosePicture,
  StrollerPicture,
  ToddlerPicture,
} from '../figures/index.ts';
import { ArticlePage, type ArticlePart, type ArticleProps } from './article-page.tsx';
import { LIFTING } from './catalogue.ts';
import { Cite, type Source } from './sources.tsx';
import { Step } from './step.tsx';

const SOURCES: readonly Source[] = [
  {
    id: 'red-flags',
    text: 'International framework for red flags of serious disease of the spine, IFOMPT, 2020.',
    href: 'https://doi.org/10.2519/jospt.2020.9971',
  },
  {
    id: 'day-care',
    text: 'Labaj: a working day of 24 day-care workers, measured. Thesis, Queen’s University.',
  },
  {
    id: 'niosh',
    text: 'Revised NIOSH lifting equation, applications manual. DHHS (NIOSH) 94-110, revised 2021.',
  },
  {
    id: 'infant-load',
    text: 'Lifting infant dummies of 4.6, 7.6 and 9.8 kg from floor to shoulder. Technology and Health Care, 2022.',
    href: 'https://doi.org/10.3233/THC-228040',
  },
  {
    id: 'suitcase',
    text: 'Doan and others: lifting a child compared with a suitcase of the same weight, 2017.',
  },
  { id: 'afp', text: 'Diagnosis and management of acute low back pain. American Family Physician, 2000.' },
];

const cite = (id: string) => <Cite from={SOURCES} id={id} />;

const PARTS: readonly ArticlePart[] = [
  { id: 'who', title: 'Who this is for', body: <WhoThisIsFor /> },
  { id: 'not-a-box', title: 'An infant is not a box', body: <NotABox /> },
  { id: 'every-lift', title: 'Three things in every lift', body: <EveryLift /> },
  { id: 'moments', title: 'Six moments of the day', body: <Moments /> },
  { id: 'neck', title: 'Shoulders and neck', body: <ShouldersAndNeck /> },
  { id: 'hurts', title: 'When it already hurts', body: <WhenItHurts /> },
];

/** Lifting and holding a child, for everyone who cares for one: back, shoulder and neck. */
export function LiftingArticle(props: ArticleProps) {
  return (
    <ArticlePage
      {...props}
      meta={LIFTING}
      parts={PARTS}
      sources={SOURCES}
      next={{
        text: 'Show us the lift that hurts, with your own car seat if you like. We look at which joints do the work.',
        label: 'Book now',
        href: PUBLIC_ROUTES.book,
      }}
      emergency={
        <p>
          if after a lift or a fall you cannot feel the area between your legs, have new trouble with bladder
          or bowel, or your legs grow weaker;{cite('red-flags')} if your chest hurts or you cannot get your
          breath. See a doctor the same day after a heavy fall, or if you have thin bones and a lift brought
          on sudden strong pain.
        </p>
      }
    />
  );
}

function WhoThisIsFor() {
  return (
    <>
      <p>
        Mothers, fathers, grandparents, adoptive and foster parents, childminders, nursery staff. The bodies
        differ, the day does not: floor to hip, hip to crib, crib to arm, arm to car, and again. When 24
        day-care workers were measured at work, about four in five said that their back hurt, and they spent a
        tenth of the shift bent forward by more than 55 degrees.{cite('day-care')}
      </p>
      <p>
        If you gave birth in the last year, read{' '}
        <a href={PUBLIC_ROUTES.backPain}>the page on back pain after birth</a> as well. Your joints and your
        belly wall need a little more care than the advice below.
      </p>
    </>
  );
}

function NotABox() {
  return (
    <>
      <p>
        Most of what is known about safe lifting was worked out in warehouses, with boxes. A box has handles,
        keeps still and weighs the same tomorrow. The best-known formula says in its own manual that it is not
        meant for lifting people, for lifting with one hand, for kneeling, or for loads that move.
        {cite('niosh')} That is nearly every lift in your day. These models were never validated for a child,
        so we do not turn your day into a risk score.
      </p>
      <p>
        What has been measured helps a little. When adults lifted infant dummies from the floor to the
        shoulder, the lower back carried the largest turning force of all joints, and it rose with the weight,
        as it did at the hips; at knees and ankles it did not.{cite('infant-load')} And people hold a child
        closer than a suitcase of the same weight, but bend the trunk and the knees more to get there.
        {cite('suitcase')} Your instinct to hold close is a good one. The way down is where there is something
        to win.
      </p>
    </>
  );
}

function EveryLift() {
  return (
    <>
      <ul class="bullets">
        <li>
          <b>Near.</b> Step in until your toes are beside the child before you bend. Every hand’s width
          between child and belly makes the lift harder.
        </li>
        <li>
          <b>Legs.</b> Hips back, knees bent, back long. Draw the lower belly in gently and breathe out as you
          rise.
        </li>
        <li>
          <b>Unhurried.</b> Wait until the child has taken hold of you, then go. Turn with your feet, not with
          your waist.
        </li>
      </ul>
      <p>
        There is no single proper lift. Some are harder on you and some are easier, and the easiest one is the
        lift that did not have to happen.
      </p>
    </>
  );
}

function Moments() {
  return (
    <ol class="do">
      <Step number={1} title="The crib" picture={<CribPicture />}>
        <p>
          Lower the side if it can be lowered, and stand so that your thighs touch the frame. Bring the child
          to the near edge before lifting. Keep the mattress as high as the child’s age safely allows. To lay
          a sleeper down, lean your thighs on the frame and bend at hips and knees together.
        </p>
      </Step>
      <Step number={2} title="The car seat" picture={<CarSeatPicture />}>
        <p>
          Carry the shell in both hands in front of you, not hooked over one elbow. At the car, put one foot
          inside or sit on the seat beside it, and turn with your whole body. With a fixed seat, put a knee on
          the sill so that the child comes in along your chest.
        </p>
      </Step>
      <Step number={3} title="The stroller" picture={<StrollerPicture />}>
        <p>
          Set the handle near the height of your hips, so that you walk upright with bent elbows. Empty the
          basket before you fold it. Lift it into the boot in two moves: edge first, then push. Up a kerb, tip
          and roll instead of lifting.
        </p>
      </Step>
      <Step number={4} title="Feeding" picture={<FeedingPicture />}>
        <p>
          Sit right back. A pillow under the child brings the child up to you, by breast or by bottle, so that
          you do not have to sink down to the child. Let the shoulders drop and look ahead every few minutes.
          Change sides and change chairs.
        </p>
      </Step>
      <Step number={5} title="Holding" picture={<HoldClosePicture />}>
        <p>
          High and close, facing you, with an arm under the seat. A child on one jutting hip bends your spine
          sideways; swap sides before it aches. A sling that sits snugly shares the load between both
          shoulders and the pelvis, and gives you a hand back.
        </p>
      </Step>
      <Step number={6} title="The toddler" picture={<ToddlerPicture />}>
        <p>
          Go down instead of pulling up: squat or put one knee on the floor, let the child come to you and
          hold on, then rise. A step at the sink, the bed and the car lets a two-year-old do half of your
          lifting. It takes longer. That is the point.
        </p>
      </Step>
    </ol>
  );
}

function ShouldersAndNeck() {
  return (
    <>
      <p>
        The back complains first; the shoulders and the neck follow. Three habits do most of it: looking down
        at a face for an hour, carrying on the same arm, and lifting a child far from the body with the elbows
        out.
      </p>
      <ul class="bullets">
        <li>After each feed, look up, roll the shoulders back, and turn the head slowly to both sides.</li>
        <li>
          Lift with elbows near the ribs. Under the arms of a child is a long lever; a hand under the seat is
          a short one.
        </li>
        <li>Share the heavy arm: a bag, a child and a phone are one too many.</li>
        <li>Keep wrists straight when you scoop up a small baby. Thumbs that stick out get sore.</li>
        <li>Lie down once a day, on your side, with a pillow between the knees. Ten minutes count.</li>
      </ul>
      <p>
        An arm that goes numb or loses strength, or pain that runs from the neck into the hand, is a reason to
        be examined soon.
      </p>
    </>
  );
}

function WhenItHurts() {
  return (
    <p>
      Keep moving, but take lifts out of the day for a while: the list above is also a list of lifts that
      somebody or something else can do. Pick the two that hurt most and change only those this week. If you
      are not back to what you usually do after four to six weeks, have it looked at again,{cite('afp')} even
      if somebody has looked before. And if you lift children for a living, tell your employer: a step, a
      higher changing table and a second pair of hands are equipment, not favours.
    </p>
  );
}
