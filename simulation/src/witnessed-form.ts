/** Every form of the house, drawn for real; and what was drawn for whom is written down. */
import type { FormEngine } from '@dokodemo/documents';
import type { Forms } from '@dokodemo/issuer';
import type { Concerns, Preparing } from './witness.ts';
import type { World } from './world.ts';

type Order = {
  readonly snapshot: { readonly municipality: string; readonly holder: string };
  readonly frame: { readonly documentNumber: string };
};
type Drawn = ReturnType<FormEngine['render']>;
/** Whose names have to stand on it, by their numbers in the register. */
type Named = { readonly concerns: Concerns; readonly members: readonly string[] };

export function witnessedForms(world: World, underWay: ReadonlySet<Preparing>): Forms {
  const { engine } = world.stage;

  function drawn(order: Order, named: Named, made: Drawn): Drawn {
    if (!made.ok) return made;
    const { documentNumber } = order.frame;
    for (const [i, { digest, said }] of made.sheets.entries()) {
      world.witness.drawings.set(digest, {
        at: world.time.now(),
        digest,
        documentNumber,
        name: `${documentNumber} ${i + 1}/${made.sheets.length}`,
        municipality: order.snapshot.municipality,
        holder: order.snapshot.holder,
        ...named,
        said,
        underWay: [...underWay],
      });
    }
    return made;
  }
  const household = (members: readonly string[]): Named => ({ concerns: 'household', members });
  const holder = ({ snapshot }: Order): Named => ({ concerns: 'holder', members: [snapshot.holder] });
  // A family register has a name of its own for each, which no change of a resident record changes.
  const family: Named = { concerns: 'family', members: [] };

  return {
    renderResidenceCertificate: (order) =>
      drawn(order, household(order.memberNumbers), engine.renderResidenceCertificate(order)),
    renderResidenceItems: (order) => drawn(order, household(order.memberNumbers), engine.renderResidenceItems(order)),
    renderSealCertificate: (order) => drawn(order, holder(order), engine.renderSealCertificate(order)),
    renderTaxCertificate: (order) => drawn(order, holder(order), engine.renderTaxCertificate(order)),
    renderFamilyRegisterCertificate: (order) => drawn(order, family, engine.renderFamilyRegisterCertificate(order)),
    renderRegisterHistory: (order) => drawn(order, family, engine.renderRegisterHistory(order)),
  };
}
