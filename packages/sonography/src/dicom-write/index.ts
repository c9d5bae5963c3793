export {
  type DicomElement,
  type DicomFragments,
  type DicomItems,
  decimalString,
  writeDataSet,
} from './element.ts';
export { type MetaFacts, WRITTEN_SYNTAX, withMeta, writeDicomFile } from './file.ts';
export { type EncodeJpegLs, JPEG_LS_ENCODER_FILE, openJpegLsEncoder } from './jpeg-ls.ts';
export { encodeRunLengths } from './run-length.ts';
export { uidOf } from './uid.ts';
export { type CineOptions, writeUltrasoundCine } from './ultrasound-cine.ts';
