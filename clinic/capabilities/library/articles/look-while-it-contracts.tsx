import { PUBLIC_ROUTES } from '../../../platform/web/layout/index.ts';
import { MusclePanes, StrainRanges } from '../figures/index.ts';
import { ArticlePage, type ArticlePart, type ArticleProps } from './article-page.tsx';
import { CONTRACTION } from './catalogue.ts';
import { Cite, type Source } from './sources.tsx';

const SOURCES: readonly Source[] = [
  {
    id: 'mri-grade',
    text: 'Grade of a muscle strain on MRI and the return to sport. British Journal of Sports Medicine 48:1358.',
  },
  { id: 'afp', text: 'Diagnosis and management of acute low back pain. American Family Physician, 2000.' },
  {
    id: 'sensitivity',
    text: 'Ultrasound compared with MRI for muscle tears. La Radiologia Medica 2006;111:836.',
  },
];

const cite = (id: string) => <Cite from={SOURCES} id={id} />;

const partsOf = (hasCases: boolean): readonly ArticlePart[] => [
  { id: 'rest', title: 'What rest hides', body: <WhatRestHides hasCases={hasCases} /> },
  { id: 'story', title: 'How four weeks get lost', body: <FourWeeks /> },
  { id: 'signs', title: 'Signs of a complete tear', body: <Signs /> },
  { id: 'again', title: 'When to look again', body: <LookAgain /> },
  { id: 'visit', title: 'What an ultrasound visit is like', body: <Visit /> },
  { id: 'limits', title: 'What a picture cannot say', body: <Limits /> },
];

/** Why a muscle should be looked at while it contracts, and when to look again. */
export function ContractionArticle(props: ArticleProps) {
  return (
    <ArticlePage
      {...props}
      meta={CONTRACTION}
      parts={partsOf(props.hasCases ?? false)}
      sources={SOURCES}
      next={{
        text: 'If strength is not coming back, have the muscle looked at while it works. Bring older pictures if you have any.',
        label: 'Book now',
        href: PUBLIC_ROUTES.book,
      }}
      emergency={
        <p>
          if the pain is out of all proportion, and the limb feels tense, hard or numb; if a calf or leg is
          painful, swollen and red; if your chest hurts or you cannot get your breath. The signs of a complete
          tear, further down, are a reason to be examined the same day.
        </p>
      }
    />
  );
}

function WhatRestHides({ hasCases }: { hasCases: boolean }) {
  return (
    <>
      <p>
        A muscle at rest is slack. If it is torn right through, the two ends may still lie close together,
        with blood and swollen tissue filling the space between. On a still picture that can pass for a bruise
        or a minor strain. Then the muscle is asked to pull. Each end is drawn towards its own bone, and the
        gap opens.
      </p>
      <MusclePanes />
      {hasCases && (
        <p>
          <a href={PUBLIC_ROUTES.cases}>Move a muscle between rest and contraction yourself</a>
        </p>
      )}
      <p>
        That is why we look twice with the same probe in the same place: once at rest, once while you
        contract, and then at the other side, because the best comparison for your muscle is your other
        muscle. The difference between the two gaps says more than either alone. If contracting hurts too
        much, somebody can move the joint gently instead and watch the ends from there.
      </p>
    </>
  );
}

function FourWeeks() {
  return (
    <>
      <p>
        Picture an athlete who feels a sharp pull at the front of the thigh. The first examination is honest
        but short: tender, a little swollen, he can walk. A minor strain, he is told; rest, then exercises,
        four weeks. He does all of it. His strength does not come back, and nobody looks again, because the
        plan says four weeks.
      </p>
      <p>
        It was never a minor strain. The muscle had torn through. By the time somebody watched it contract it
        had wasted, and part of that stayed. What harmed him was not the first guess. First guesses are often
        made with a swollen leg and little time. It was that a muscle which did not get stronger was not
        examined a second time. (This story is told without any person’s details.)
      </p>
    </>
  );
}

function Signs() {
  return (
    <>
      <p>Any of these after a sudden pull is a reason to be examined the same day, with imaging:</p>
      <ul class="bullets">
        <li>A pop or a blow that you felt or heard, and strength that went with it.</li>
        <li>A dent or a gap that a finger can feel, or a lump where the muscle has bunched up.</li>
        <li>You cannot lift the straight leg off the bed, or cannot put weight on the leg.</li>
        <li>You cannot rise on tiptoe on that side. That points to the Achilles tendon.</li>
      </ul>
      <p>
        None of them alone proves a tear, and a muscle can be torn with only one of them present. Being able
        to walk does not rule it out: neighbouring muscles help out surprisingly well. And a tear is not
        always dramatic. If what you notice is simply that the leg gives way on the stairs, that counts.
      </p>
    </>
  );
}

function LookAgain() {
  return (
    <>
      <p>
        Muscle strains get better in ranges, not on dates. The grade that a clinician finds on examination
        gives a rough one. On MRI, whether a strain was grade 1 or grade 2 did not predict when people
        returned to sport,{cite('mri-grade')} so the direction in which your strength moves is worth more than
        the label.
      </p>
      <StrainRanges />
      <dl class="when">
        <dt>Same day</dt>
        <dd>Any sign of a complete tear from the list above.</dd>
        <dt>Day 7</dt>
        <dd>Strength is not improving. Pain may already be less; that is not enough.</dd>
        <dt>End of the range</dt>
        <dd>
          At the latest at the end of the range of its own grade: day 21 for grade I, week 6 for grade II.
        </dd>
        <dt>Lower back</dt>
        <dd>
          Not back to usual activity after four to six weeks,{cite('afp')} or less than 30 % change after
          four.
        </dd>
      </dl>
      <p>
        Looking again is not an admission of failure. It is the moment when a plan learns whether it was
        right. Ask for it plainly: “I am not stronger than a week ago. Could we look at it while I contract?”
      </p>
    </>
  );
}

function Visit() {
  return (
    <>
      <p>
        You need shorts or something that rolls up, and about half an hour. There is no needle and no X-ray:
        ultrasound is sound, far above what you can hear. You lie or sit so that the muscle is relaxed. There
        is cool gel, then a probe that slides over the skin with light pressure. You may watch the screen.
      </p>
      <p>
        First comes the muscle at rest, along its length and across it. Then you will be asked to tighten it
        slowly, hold for a few seconds and let go, a handful of times, as far as pain allows. You are in
        charge of how hard you pull, and “stop” means stop. Then the same on the other side. Measurements are
        taken on the picture, and the clinician tells you what was seen, what was not, and how sure that is.
      </p>
      <p>
        Tell us beforehand if you take blood thinners, if you had an operation there, or if you would like
        somebody with you.
      </p>
    </>
  );
}

function Limits() {
  return (
    <>
      <p>
        In one comparison ultrasound found 88 % of the muscle tears that MRI showed: 93 % of the major ones
        and 77 % of the minor ones. In the soleus, deep in the calf, as little as 27 % is reported.
        {cite('sensitivity')} So a clear picture is good news, but not a guarantee, and some places are better
        seen with MRI. A scan also cannot say how much something hurts, or when you will run again.
      </p>
      <p>
        A measurement shows, and a clinician decides, together with you. If what you feel and what the picture
        shows do not fit, say so. That is a reason to look once more.
      </p>
    </>
  );
}
