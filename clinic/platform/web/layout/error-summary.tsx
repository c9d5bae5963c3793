import { fieldId } from './field.tsx';

/** One thing to put right. `id` overrides the control that the link leads to. */
export interface FormError {
  field: string;
  message: string;
  id?: string | undefined;
}

/** Everything that is wrong with a form, at its top, each line a link to its field. Nothing when all is well. */
export function ErrorSummary(props: { errors: readonly FormError[]; title?: string | undefined }) {
  if (props.errors.length === 0) return null;
  return (
    <div class="notice summary" data-kind="danger" role="alert" tabIndex={-1} id="errors">
      <h2>{props.title ?? 'Please look at these again'}</h2>
      <ul>
        {props.errors.map((error) => (
          <li key={error.field}>
            <a href={`#${error.id ?? fieldId(error.field)}`}>{error.message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
