import { Icon, type IconName } from '@dokodemo/web-ui';

/** What is being worked at, in a slowly turning ring. */
export function WorkingPicture({ icon }: { readonly icon: IconName }) {
  return (
    <div className="working-picture" aria-hidden="true">
      <svg viewBox="0 0 200 200" aria-hidden="true" focusable="false">
        <circle cx="100" cy="100" r="88" className="ring-track" />
        <circle cx="100" cy="100" r="88" className="ring-arc" pathLength="100" />
      </svg>
      <Icon name={icon} />
    </div>
  );
}
