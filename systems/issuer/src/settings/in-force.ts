/** A municipality's profile with what it has laid down itself, as it holds on a day. */
import type { Form, FormEngine } from '@dokodemo/documents';
import { type Answer, answer, refuse } from '@dokodemo/domain';
import { validatorOf } from '@dokodemo/protocol';
import type { MunicipalityProfile } from '../municipality.ts';
import { Certification, type Certifying, certificationId, certifyingOf } from './certification.ts';
import { faultsOfOwnForm, formOf, OwnForm } from './own-form.ts';
import type { Holding, SettingStore } from './setting-store.ts';

export type Settled = {
  readonly profile: MunicipalityProfile;
  /** Which versions of its own settings hold; those of the house are not named. */
  readonly versions: Readonly<Record<string, number>>;
};

/** Anything that should hold and cannot be used: nothing is issued. The house's own is never a silent substitute. */
export type Settle = (profile: MunicipalityProfile, day: string) => Promise<Answer<Settled>>;

/** A municipality without settings of its own. */
export const settleNothing: Settle = async (profile) => answer({ profile, versions: {} });

type Ready = { readonly form: Form } | { readonly certifying: Certifying };
/** Of all municipalities of a process; versions never change, so the oldest may always go. */
const readyMax = 2_000;

export function settleFrom(store: SettingStore, engine: Pick<FormEngine, 'drawSeal' | 'faultsOf'>): Settle {
  const ready = new Map<string, Ready>();
  const make = async (municipality: string, { settingId, version, from }: Holding): Promise<Ready> => {
    const found = await store.findVersion(municipality, settingId, version);
    if (found === undefined) throw new Error('it is not in the store');
    const { content, until } = found;
    if (settingId === certificationId) {
      if (!validatorOf(Certification).Check(content)) throw new Error('its shape is not of this program');
      const days = until === undefined ? { from } : { from, until };
      return { certifying: certifyingOf(engine, content as Certification, days) };
    }
    if (!validatorOf(OwnForm).Check(content)) throw new Error('its shape is not of this program');
    const [fault] = faultsOfOwnForm(engine, settingId, content as OwnForm);
    if (fault !== undefined) throw new Error(fault.what);
    return { form: formOf(settingId, content as OwnForm) };
  };
  return async (profile, day) => {
    let settled = profile;
    const versions: Record<string, number> = {};
    for (const holding of await store.holdingOn(profile.code, day)) {
      const { settingId, version, from } = holding;
      const key = `${profile.code}/${settingId}/${version}/${from}`;
      let it = ready.get(key);
      if (it === undefined) {
        try {
          it = await make(profile.code, holding);
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error);
          return refuse('FORM_INCOMPLETE', `version ${version} of ${settingId}: ${why}`);
        }
        const [oldest] = ready.keys();
        if (ready.size >= readyMax && oldest !== undefined) ready.delete(oldest);
        ready.set(key, it);
      }
      versions[settingId] = version;
      settled =
        'form' in it
          ? { ...settled, forms: { ...settled.forms, [settingId]: it.form } }
          : { ...settled, certifiers: [it.certifying.certifier], seals: [it.certifying.seal] };
    }
    return answer({ profile: settled, versions });
  };
}
