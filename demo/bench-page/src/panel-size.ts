/** Screens of machines that stand in shops, in pixels. */
export const panelSizes = [
  { id: '1024', width: 1_024, height: 768, name: '1024×768' },
  { id: '1280', width: 1_280, height: 1_024, name: '1280×1024' },
  { id: '1080', width: 1_080, height: 1_920, name: '1080×1920' },
] as const;
export type PanelSize = (typeof panelSizes)[number];
