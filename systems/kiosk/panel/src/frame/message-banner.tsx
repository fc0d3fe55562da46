import { Icon } from '@dokodemo/web-ui';
import type { PanelState } from '../../../src/panel-contract.ts';
import { useWords } from '../words/words.tsx';

/** What has just happened: wrong PIN, card pulled, fee changed. */
export function MessageBanner({ message }: { readonly message: PanelState['message'] }) {
  const { say } = useWords();
  if (message === undefined) return null;
  return (
    <p className="message" role="alert">
      <Icon name="alert" />
      {say(`refusal.${message.code}`, message.args)}
    </p>
  );
}
