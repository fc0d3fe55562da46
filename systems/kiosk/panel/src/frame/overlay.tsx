import { type ReactNode, useEffect, useRef } from 'react';

/** A question over the screen: a native modal dialog, so that what is below takes neither touch nor key. */
export function Overlay(props: {
  readonly titleId: string;
  readonly className: string;
  /** Escape. */
  readonly cancel?: () => void;
  readonly children: ReactNode;
}) {
  const place = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = place.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={place}
      className={`overlay ${props.className}`}
      aria-labelledby={props.titleId}
      onCancel={(event) => {
        event.preventDefault();
        props.cancel?.();
      }}
    >
      {props.children}
    </dialog>
  );
}
