const SUBJECT = `The person
  Measurements come from the PROCESSING group of the standing trial, then of the walks. Flags go before both:
  --mass KG  --height MM  --leg-length LEFT,RIGHT  --knee-width LEFT,RIGHT  --ankle-width LEFT,RIGHT
  --inter-asis MM      between the front spines of the pelvis (default: as the markers show it)
  --marker-radius MM   from a marker's centre to the skin (default: half of PROCESSING:MARKERDIAMETER, else 7)
  --markers FILE       how the markers are named, as JSON (default: told from the labels; packages/gait/MARKERS.md)
  --inertia TABLE      winter (default) or plug-in-gait: what segments weigh, for moments and powers
  --no-foot-flat       the feet do not lie flat in the standing trial
  --no-vendor-events   leave out the events that the file brings with it`;

/** How each command is used, with examples. */
export const USAGE: Readonly<Record<string, string>> = {
  info: `rectus-gait info FILE… [--json]
  What is in C3D files: form, markers, plates, events, measurements, and what is wrong with them.

  rectus-gait info walk01.c3d
`,
  export: `rectus-gait export TRIAL --static STANDING [--format json|csv|trc|mot] [--out FILE]
  json  angles of every frame (frames.left.hip.flexionDeg[] and so on), events, strides, steps and speed
  csv   one line a frame, one column an angle
  trc   marker paths for OpenSim (y upwards, millimetres); needs no standing trial
  mot   ground reaction of each plate for OpenSim (newtons, metres); needs no standing trial

${SUBJECT}

  rectus-gait export walk01.c3d --static standing.c3d --format json --out walk01.json
  rectus-gait export walk01.c3d --static standing.c3d --format csv --mass 68 --leg-length 890,885
  rectus-gait export walk01.c3d --format trc > walk01.trc
`,
  report: `rectus-gait report TRIAL… --static STANDING --out FILE.html
  One page in one file: curves by plane, scores, steps and speed. It opens without a network and without script.

  --norms FOLDER       where norm packages are installed (default: the folder of rectus-gait norms)
  --age YEARS          of the person: norms of another age are said to be so
  --footwear barefoot|shod|unknown
  --title TEXT         above the report
  --json FILE          the data of the report as well
  --previous FILE      the data of an earlier session's report: says what changed by more than error

${SUBJECT}

  rectus-gait report walk*.c3d --static standing.c3d --out report.html --age 34 --footwear barefoot
  rectus-gait report nov/*.c3d --static nov-s.c3d --previous sept.json --json nov.json --out nov.html
`,
  deidentify: `rectus-gait deidentify FILE… --out FOLDER
  Copies C3D files without names, birth dates and free text, and says what was taken out.

  rectus-gait deidentify walk*.c3d --out shared/
`,
  norms: `rectus-gait norms add FILE… [--norms FOLDER]
rectus-gait norms list [--norms FOLDER]
  Installs norm packages (JSON), or published tables (.tsv, all tables of a set at once), for later reports.
  The folder is RECTUS_GAIT_NORMS, or .rectus/gait-norms in your home folder.

  rectus-gait norms add schwartz2008_*.tsv gdi_*.tsv
  rectus-gait norms list
`,
  simulate: `rectus-gait simulate --out FOLDER [--walk usual|stiff-knee|weak-push-off|back-pain|back-pain-later] [--side left|right]
                     [--trials N] [--seed N] [--cadence STEPS] [--step-length MM] [--clean]
  Writes standing.c3d and walk01.c3d … of a simulated person, and truth.json with what was put in.

  rectus-gait simulate --out demo --trials 3
  rectus-gait report demo/walk*.c3d --static demo/standing.c3d --out demo/report.html
`,
};

/** All commands. */
export const OVERVIEW = `rectus-gait: gait analysis from C3D files

${Object.values(USAGE)
  .map((text) => text.split('\n  rectus-gait')[0]?.trimEnd().split('\n').slice(0, 3).join('\n'))
  .join('\n\n')}

rectus-gait COMMAND --help shows the flags and examples of each.
`;
