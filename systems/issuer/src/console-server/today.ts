/** What a municipality offers today, and what came of it so far. */
import { answer, dayInJapan, feeYenAt, hoursOfDay, isoJapan, openingAt } from '@dokodemo/domain';
import type { AnyKind } from '../kinds/kind.ts';
import { offeredKinds } from '../menu/build-menu.ts';
import type { MunicipalityProfile } from '../municipality.ts';
import type { IssuerStore } from '../store/store.ts';

export async function today(
  tools: { readonly store: IssuerStore; readonly kinds: readonly AnyKind[] },
  profile: MunicipalityProfile,
  nowMs: number,
) {
  const day = dayInJapan(nowMs);
  const fromMs = Date.parse(`${day}T00:00:00+09:00`);
  const counts = await tools.store.countApplications(profile.code, { fromMs, untilMs: fromMs + 86_400_000 });
  return answer({
    name: profile.name,
    mode: profile.mode,
    day,
    time: isoJapan(nowMs).slice(11, 16),
    kinds: offeredKinds(profile, tools.kinds, day).map(({ kind, offered }) => {
      const hours = hoursOfDay(profile.calendar, kind.kindId, day);
      const opening = openingAt(profile.calendar, kind.kindId, nowMs);
      const feeYen = feeYenAt(profile.fees, kind.kindId, 'kiosk', nowMs);
      return {
        kindId: kind.kindId,
        open: opening.open,
        hours: hours === 'closed-day' ? null : hours,
        ...(feeYen === undefined ? {} : { feeYen }),
        maxCopies: offered.maxCopies,
      };
    }),
    counts,
  });
}
