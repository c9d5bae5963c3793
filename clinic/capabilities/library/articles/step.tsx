import type { ComponentChildren } from 'preact';

/** One drawn step: the picture on the left, what to do on the right. */
export function Step(props: {
  number: number;
  title: string;
  picture: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <li>
      {props.picture}
      <div>
        <h3>
          <span class="no">{props.number}</span>
          {props.title}
        </h3>
        {props.children}
      </div>
    </li>
  );
}
