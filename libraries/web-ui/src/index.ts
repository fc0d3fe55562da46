export { Icon, type IconName, isIconName } from './icon.tsx';
export { Key, type KeyTone } from './key.tsx';
