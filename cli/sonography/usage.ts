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
