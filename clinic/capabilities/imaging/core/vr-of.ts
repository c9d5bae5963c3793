import dcmjs from 'dcmjs';

const { dictionary } = dcmjs.data.DicomMetaDictionary;

/** The value representation of a tag, GGGGEEEE, by DICOM's own dictionary (PS3.6); null where it has none of that tag. */
export function vrOf(tag: string): string | null {
  return dictionary[`(${tag.slice(0, 4)},${tag.slice(4)})`]?.vr ?? null;
}
