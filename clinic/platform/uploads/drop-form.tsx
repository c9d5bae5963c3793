import { LARGEST_PIECE, LARGEST_TOGETHER } from './limits.ts';
import type { UploadKind } from './upload-kind.ts';

const MB = 1024 * 1024;

/** The place to pick or drop files. With its script they go at once and in pieces; without, by one form. */
export function DropForm(props: {
  kind: Pick<UploadKind, 'largest'>;
  /** The study's address. */
  path: string;
  label: string;
  accept: string;
}) {
  const { kind, path, label, accept } = props;
  return (
    <form
      method="post"
      action={`${path}/files`}
      encType="multipart/form-data"
      class="drop card"
      data-upload={`${path}/uploads`}
      data-largest={kind.largest}
      data-piece={LARGEST_PIECE}
    >
      <div class="field">
        <label for="pick-files">{label}</label>
        <small id="pick-hint" data-no-script>
          Together at most {LARGEST_TOGETHER / MB} MB at a time. Send the rest afterwards.
        </small>
        <small id="drop-hint" hidden>
          Pick several at once, or drop them here. An upload that breaks off goes on when you pick the same
          files again.
        </small>
        <input
          id="pick-files"
          type="file"
          name="files"
          accept={accept}
          multiple
          required
          aria-describedby="pick-hint drop-hint"
        />
      </div>
      <button type="submit" class="primary">
        Send
      </button>
      <ul class="uploads" aria-live="polite" />
    </form>
  );
}
