/** How each command is used, with examples. */
export const USAGE: Readonly<Record<string, string>> = {
  info: `rectus-sonography info FILE… [--json]
  What is in a clip or still: size, frames, times, regions with their scale or why nothing may be measured in them,
  whose it is, and what is wrong with the file. DICOM, PNG and JPEG.

  rectus-sonography info clip.dcm
  rectus-sonography info *.dcm --json
`,
  deidentify: `rectus-sonography deidentify FILE… --out FOLDER [--patient NAME] [--key TEXT] [--black LEFT,TOP,RIGHT,BOTTOM]…
  Copies DICOM files with nothing but what shows, scales and times, and says what was taken out. --black makes an area
  of every frame black, in the pixels. The same --key gives clips of one examination the same new identifiers.

  rectus-sonography deidentify clip.dcm --out shared/
  rectus-sonography deidentify *.dcm --out shared/ --patient "Case 7" --key "our secret" --black 0,0,640,40
`,
  muscle: `rectus-sonography muscle IMAGE… [--mm-per-px N | --mm-per-px ACROSS,DOWN] [--format json] [--out OVERLAY]
  Finds both aponeuroses of a muscle and the direction of its fascicles in a still, and measures pennation, fascicle
  length and thickness with their standard errors: a first guess, for a person to look at. Says "not found", with the
  reason and exit status 1, rather than draw a wrong line.

  --mm-per-px N    of a PNG or JPEG; a DICOM file brings its own. Without either only angles are told.
  --frame N        of a clip (default 0)
  --out FILE       the picture with the lines on it: .svg or .png; with several images, a folder for .png files

  rectus-sonography muscle calf.png --mm-per-px 0.0868 --out calf-lines.svg
  rectus-sonography muscle calf.dcm --frame 12 --format json
`,
  track: `rectus-sonography track CLIP… --points FILE.json [--format json|csv] [--out FILE] [--from N] [--to N] [--fast]
  Follows marks through a clip: where each is in every frame, its standard error, how sure, and where it was lost.
  CLIP is a DICOM file or pictures in order. FILE.json holds the marks, in px of the frame in which they were made:

  {"frame": 0,
   "points":  [{"name": "proximal end", "x": 318, "y": 166, "tissue": [250, 166]}],
   "lines":   [{"name": "fascicle", "vertices": [[90, 294], [550, 163]]}],
   "regions": [{"name": "muscle", "vertices": [[200, 120], [400, 120], [400, 300], [200, 300]]}]}

  "tissue" is for a mark on an edge, such as a muscle's torn end: a place well inside of the tissue it belongs to.
  --fast follows once instead of twice: half the time, and less sure beside tissue that parts.

  rectus-sonography track tear.dcm --points ends.json --out ends-tracked.json
  rectus-sonography track frame-*.png --points marks.json --format csv > marks.csv
`,
  phantom: `rectus-sonography phantom [--scene NAME] [--out FILE.dcm] [--truth FILE.json] [--stills FOLDER]
  Writes a simulated clip whose motion is known: DICOM, the truth of every frame, pictures of rest and contraction.

  --scene NAME         tear (default), muscle, drawing-in, inter-recti, or block (even speckle)
  --set NAME=VALUE     a number of the scene, such as retractionMm=20; a wrong name lists them
  --size WxH           px (default 640x480)   --mm-per-px N   (default: the scene fills the frame)
  --store FORM         jpeg-ls (default), native, big-endian, rle
  --contractions N     how often (default 1)  --most-px N     farthest motion in a frame (default 4)
  --snr DB             speckle over noise (default 20)
  --correlation R      of moving tissue from frame to frame (default 1); --returning: speckle comes back at rest
  --looks N            compounding (default 3; 1 is raw speckle)   --frame-rate HZ (default 30)   --seed N
  --slip FRAME,LATERAL_MM,AXIAL_MM   the probe slips      --lost FROM,TO   out of the plane, in frames
  --patient NAME       (default SIMULATED^SCENE)          --date YYYYMMDD

  rectus-sonography phantom --out tear.dcm --truth tear.json
  rectus-sonography phantom --scene drawing-in --set activationRatio=1.5 --contractions 3 --out drawing-in.dcm
  rectus-sonography phantom --scene tear --size 975x743 --stills pictures/
`,
};

/** All commands. */
export const OVERVIEW = `rectus-sonography: ultrasound clips, read, followed and measured

${Object.values(USAGE)
  .map((text) => text.split('\n\n')[0])
  .join('\n\n')}

rectus-sonography COMMAND --help shows the flags and examples of each.
`;
