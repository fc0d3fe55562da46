import type { PanelState } from '../../../src/panel-contract.ts';
import type { Touch } from '../panel.tsx';
import { Another } from './another.tsx';
import { Case } from './case.tsx';
import { Choose } from './choose.tsx';
import { Confirm } from './confirm.tsx';
import { Copies } from './copies.tsx';
import { End } from './end.tsx';
import { EnterPin } from './enter-pin.tsx';
import { Notice } from './notice.tsx';
import { OutOfService } from './out-of-service.tsx';
import { Pay } from './pay.tsx';
import { PresentCard } from './present-card.tsx';
import { Printing } from './printing.tsx';
import { ReceiveFile } from './receive-file.tsx';
import { Refunded } from './refunded.tsx';
import { RemoveCard } from './remove-card.tsx';
import { Take } from './take.tsx';
import { Welcome } from './welcome.tsx';
import { Working } from './working.tsx';

/** One component per kind of screen; a kind without one does not compile. */
export function ScreenOf({ state, touch }: { readonly state: PanelState; readonly touch: Touch }) {
  const { screen } = state;
  const rest = { state, touch };
  switch (screen.kind) {
    case 'welcome':
      return <Welcome screen={screen} {...rest} />;
    case 'notice':
      return <Notice screen={screen} {...rest} />;
    case 'present-card':
      return <PresentCard screen={screen} {...rest} />;
    case 'enter-pin':
      return <EnterPin screen={screen} {...rest} />;
    case 'remove-card':
      return <RemoveCard screen={screen} {...rest} />;
    case 'choose':
      return <Choose screen={screen} {...rest} />;
    case 'copies':
      return <Copies screen={screen} {...rest} />;
    case 'confirm':
      return <Confirm screen={screen} {...rest} />;
    case 'working':
      return <Working screen={screen} {...rest} />;
    case 'pay':
      return <Pay screen={screen} {...rest} />;
    case 'printing':
      return <Printing screen={screen} {...rest} />;
    case 'receive-file':
      return <ReceiveFile screen={screen} {...rest} />;
    case 'take':
      return <Take screen={screen} {...rest} />;
    case 'refunded':
      return <Refunded screen={screen} {...rest} />;
    case 'case':
      return <Case screen={screen} {...rest} />;
    case 'another':
      return <Another screen={screen} {...rest} />;
    case 'end':
      return <End screen={screen} {...rest} />;
    case 'out-of-service':
      return <OutOfService screen={screen} {...rest} />;
  }
}
