import { Icon, type IconName } from '@dokodemo/web-ui';
import { type ReactNode, useEffect, useRef } from 'react';

/** What this screen asks, in one line; where the reader of a screen begins. */
export function Heading(props: {
  readonly title: string;
  readonly help?: string | undefined;
  readonly icon?: IconName;
  readonly tone?: 'alert' | 'good';
  readonly children?: ReactNode;
}) {
  const place = useRef<HTMLHeadingElement>(null);
  useEffect(() => place.current?.focus({ preventScroll: true }), []);
  return (
    <div className="heading" data-tone={props.tone}>
      <h1 ref={place} tabIndex={-1}>
        {props.icon === undefined ? null : <Icon name={props.icon} />}
        {props.title}
      </h1>
      {props.help === undefined ? null : <p className="help">{props.help}</p>}
      {props.children}
    </div>
  );
}
