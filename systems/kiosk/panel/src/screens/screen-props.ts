import type { PanelScreen, PanelState } from '../../../src/panel-contract.ts';
import type { Touch } from '../panel.tsx';

export type ScreenProps<Kind extends PanelScreen['kind']> = {
  readonly screen: Extract<PanelScreen, { readonly kind: Kind }>;
  readonly state: PanelState;
  readonly touch: Touch;
};
