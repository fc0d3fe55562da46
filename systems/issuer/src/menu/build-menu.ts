/** What this holder may take now, as one tree. Restrictions play no part in it: see `KindModule.subjectOf`. */
import {
  dayInJapan,
  type FeeChannel,
  feeYenAt,
  isoJapan,
  type Opening,
  openingAt,
  type RefusalCode,
} from '@dokodemo/domain';
import type { Kind, Label, Menu } from '@dokodemo/protocol';
import type { AnyKind } from '../kinds/kind.ts';
import { inForceOn, type MunicipalityProfile, type OfferedKind } from '../municipality.ts';
import type { Meanings } from '../store/records.ts';
import type { LabelBook } from './label-book.ts';
import { mayBeElectronic, mediumQuestion } from './medium.ts';

export function channelOf(profile: MunicipalityProfile, terminalId: string): FeeChannel {
  return profile.ownTerminals.includes(terminalId) ? 'own-machine' : 'kiosk';
}

/** The kinds that a municipality offers on a day and that this program knows, in the municipality's order. */
export function offeredKinds(
  profile: MunicipalityProfile,
  kinds: readonly AnyKind[],
  day: string,
): readonly { readonly kind: AnyKind; readonly offered: OfferedKind }[] {
  const ids = [...new Set(profile.kinds.map(({ kindId }) => kindId))];
  return ids.flatMap((kindId) => {
    const kind = kinds.find((it) => it.kindId === kindId);
    const offered = inForceOn(
      profile.kinds.filter((it) => it.kindId === kindId),
      day,
    );
    return kind === undefined || offered === undefined ? [] : [{ kind, offered }];
  });
}

/** Fee of one copy at this terminal and moment under a name of the fee schedule; undefined where none is laid down. */
export function feesAt(profile: MunicipalityProfile, terminalId: string, nowMs: number) {
  const channel = channelOf(profile, terminalId);
  return (name: string) => feeYenAt(profile.fees, name, channel, nowMs);
}

/** The municipality decides; its kinds say what is usual. */
export function needsSecondPin(kind: AnyKind, offered: OfferedKind): boolean {
  return offered.secondPin ?? kind.secondPin;
}

/** Hours and the municipality's own words; nothing beside a reason of the holder's own, or it would look like the reason. */
function noteOf(opening: Opening, offered: OfferedKind, closed: RefusalCode | undefined): Label | undefined {
  if (opening.open && closed !== undefined) return undefined;
  if (offered.note !== undefined) return { plain: offered.note };
  if (opening.open) return { text: 'kind.hours', args: { opens: opening.hours.opens, closes: opening.hours.closes } };
  if (opening.opensAtMs === undefined) return undefined;
  const opens = isoJapan(opening.opensAtMs);
  return { text: 'kind.opens-again', args: { day: opens.slice(0, 10), time: opens.slice(11, 16) } };
}

export function buildMenu(input: {
  readonly profile: MunicipalityProfile;
  readonly terminalId: string;
  readonly kinds: readonly { readonly kind: AnyKind; readonly offered: OfferedKind; readonly subject: unknown }[];
  readonly nowMs: number;
  readonly labels: LabelBook;
}): { menu: Menu; meanings: Meanings } {
  const { profile, nowMs, labels } = input;
  const meanings: Record<string, Readonly<Record<string, string>>> = {};
  const moment = { day: dayInJapan(nowMs), feeYenOf: feesAt(profile, input.terminalId, nowMs) };
  const kinds = input.kinds.map(({ kind, offered, subject }): Kind => {
    const asked = kind.questions(subject, profile, labels, moment);
    meanings[kind.kindId] = asked.meanings;
    const opening = openingAt(profile.calendar, kind.kindId, nowMs);
    const feeYen = moment.feeYenOf(kind.kindId);
    const secondPin = needsSecondPin(kind, offered) && kind.isEnrolled?.(subject) !== true;
    // No fee laid down, or a second PIN demanded that nobody can have: nothing may be issued.
    const appliesTo = kind.appliesTo?.(subject, profile);
    const incomplete =
      (feeYen === undefined && appliesTo === undefined) || (secondPin && profile.ordinance === undefined);
    const closed: RefusalCode | undefined = !opening.open
      ? opening.reason
      : incomplete
        ? 'FORM_INCOMPLETE'
        : kind.closedFor(subject, moment.day, profile);
    const note = noteOf(opening, offered, closed);
    return {
      id: kind.kindId,
      label: kind.label,
      ...(note === undefined ? {} : { note }),
      icon: kind.icon,
      ...(closed === undefined ? {} : { closed }),
      feeYen: appliesTo === undefined ? (feeYen ?? 0) : 0,
      maxCopies: offered.maxCopies,
      secondPin,
      ...(appliesTo === undefined ? {} : { appliesTo }),
      questions:
        appliesTo === undefined && mayBeElectronic(profile, offered, input.terminalId)
          ? [...asked.questions, mediumQuestion]
          : asked.questions,
    };
  });
  const notice = inForceOn(profile.notices ?? [], moment.day);
  return { menu: { kinds, ...(notice === undefined ? {} : { notice: { plain: notice.words } }) }, meanings };
}
