import type { CaseNumber, CaseWords } from '../capabilities/library/index.ts';
import { told } from './ultrasound-words.ts';

/** Numbers that a case is about; the rest of the report stays in the report. */
const SHOWN = {
  tear: ['us.gap.rest', 'us.gap.contraction', 'us.retraction'],
  'drawing-in': [
    'us.transversus-thickness.rest',
    'us.transversus-thickness.contraction',
    'us.activation-ratio.transversus',
  ],
} as const;

/** The words of the demo's two public cases. Their numbers are those of the signed reports. */
export function caseWords(which: 'tear' | 'drawing-in', numbers: readonly CaseNumber[]): CaseWords {
  const shown: readonly string[] = SHOWN[which];
  const chosen = numbers.filter(({ code }) => shown.includes(code));
  return which === 'tear' ? tearWords(chosen) : drawingInWords(chosen);
}

function tearWords(numbers: readonly CaseNumber[]): CaseWords {
  const [rest, open] = [told(numbers, 'us.gap.rest'), told(numbers, 'us.gap.contraction')];
  return {
    title: 'A complete tear that only contraction shows',
    summary: `An athlete was treated for a minor strain for four weeks. At rest the ends of the muscle lie together. When he straightens the knee, they part to ${open}.`,
    text: [
      'He felt a pull at the front of the thigh, was examined soon after, and was told that it was a minor strain. He rested, then trained as he was told. Four weeks later he could walk without pain, but the leg gave way on stairs.',
      `Look at the muscle at rest first. There is an irregular line in the middle, where the fibres do not quite meet: ${rest}. Between tissue that is swollen and patched with old blood, that is easy to pass over. A single picture was taken like this, and it was called a strain.`,
      'Now move the slider towards contraction. Both ends are drawn towards their own bone. The upper one moves further, each of them bulges, and a dark gap opens between them. Nothing about the muscle has changed between the two pictures except that it pulls.',
      'What changed afterwards: he was told the same hour, by the person who had looked, and was referred to a surgeon that day. Whether such a tear is repaired is a decision of surgeon and patient. That it is complete should be known while there is still something to decide.',
      'What one case cannot say: how often this happens, or how another person would fare. A strain that does not get stronger from week to week should be looked at again.',
    ].join('\n\n'),
    clips: [
      {
        caption: `Right rectus femoris, lengthwise. Gap ${rest} at rest and ${open} in contraction.`,
        description:
          'Under the skin and a thin layer of fat runs a band of muscle with fine bright fibres, bright lines above and below it, and the curve of the thigh bone at the bottom. At rest an irregular line crosses the band in the middle. In contraction the band parts there: the left half is drawn to the left, the right half to the right, both swell, and a dark gap as wide as a thumb lies between them.',
        curve: { label: 'Gap', unit: 'mm' },
      },
    ],
    numbers,
    reading: 'contraction',
    letStand: [],
  };
}

function drawingInWords(numbers: readonly CaseNumber[]): CaseWords {
  const code = 'us.transversus-thickness';
  const [rest, drawn] = [told(numbers, `${code}.rest`), told(numbers, `${code}.contraction`)];
  return {
    title: 'Drawing in after birth',
    summary: `A mother with pain in the lower back learns to find her deepest belly muscle again. Drawn in, it thickens from ${rest} to ${drawn}, while the layers above it stay calm.`,
    text: [
      'The wall of the belly at the side has three layers of muscle. The deepest one, transversus abdominis, runs around the trunk like a belt. In pregnancy all of them are stretched for months. Afterwards some women pull in the belly with the upper layers alone, and feel that they do a lot.',
      'Move the slider from rest to contraction and watch the lowest of the three dark bands. It becomes thicker, and its front end slides towards the flank. The two bands above it hardly change. That is what drawing in gently means, and it is hard to feel from outside.',
      `Weeks before, the same muscle had hardly answered. She practised lying down with the picture in sight, then without it, then while lifting her child. Here the ratio of contraction to rest is ${told(numbers, 'us.activation-ratio.transversus')}.`,
      'How exact this is: a change of thickness has to be large before it can be told from the error of measuring, and the error is written beside every number. A thicker muscle on the screen is not the goal. Less pain while lifting is, and that is asked at every visit.',
    ].join('\n\n'),
    clips: [
      {
        caption: `Left side of the belly, across the muscles. Transversus ${rest} at rest, ${drawn} drawn in.`,
        description:
          'Below skin and fat lie three darker bands, one above the other, divided by thin bright lines: external oblique, internal oblique and, lowest and thinnest, transversus, whose front end tapers off at the left. When she draws in, the lowest band grows to about one and a half times its thickness and its tip slides a little to the right; the upper two bands nearly keep their shape.',
        curve: { label: 'Transversus', unit: 'mm' },
      },
    ],
    numbers,
    reading: 'back-pain',
    letStand: [],
  };
}
