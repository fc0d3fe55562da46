import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type KeyTone = 'primary' | 'plain' | 'quiet' | 'danger';

/** A key for a finger: a native button, at least 20 mm. `iconAt`: where the drawing stands. */
export function Key({
  tone = 'plain',
  icon,
  iconAt = 'start',
  className = '',
  children,
  ...rest
}: {
  readonly tone?: KeyTone;
  readonly icon?: IconName;
  readonly iconAt?: 'start' | 'end' | 'top';
  readonly children?: ReactNode;
} & ButtonHTMLAttributes<HTMLButtonElement>) {
  const drawing = icon === undefined ? null : <Icon name={icon} />;
  return (
    <button type="button" className={`key ${className}`} data-tone={tone} data-icon-at={iconAt} {...rest}>
      {iconAt === 'end' ? null : drawing}
      {children}
      {iconAt === 'end' ? drawing : null}
    </button>
  );
}
