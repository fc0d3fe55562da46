import type { Screen } from '@dokodemo/protocol';
import type { ReactNode } from 'react';
import type { PanelState } from '../../../src/panel-contract.ts';
import { Heading } from '../frame/heading.tsx';
import { MessageBanner } from '../frame/message-banner.tsx';
import { useWords } from '../words/words.tsx';

/** Title and help as the center says them, and what has just happened. */
export function CenterHeading(props: {
  readonly screen: Pick<Screen, 'title' | 'help'>;
  readonly state: PanelState;
  readonly children?: ReactNode;
}) {
  const { label } = useWords();
  const { title, help } = props.screen;
  return (
    <Heading title={label(title)} help={help === undefined ? undefined : label(help)}>
      <MessageBanner message={props.state.message} />
      {props.children}
    </Heading>
  );
}
