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
};

/** All commands. */
export const OVERVIEW = `rectus-sonography: ultrasound clips, read, followed and measured

${Object.values(USAGE)
  .map((text) => text.split('\n\n')[0])
  .join('\n\n')}

rectus-sonography COMMAND --help shows the flags and examples of each.
`;
