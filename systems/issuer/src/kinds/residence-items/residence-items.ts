/** 住民票記載事項証明書: the same record, the same choices and the same rules as 住民票の写し, under another certification
 *  (住民基本台帳法 12条 makes no difference between them). */
import type { FormEngine } from '@dokodemo/documents';
import { kindOfResidence, type ResidenceKind } from '../residence/residence.ts';

export function residenceItemsKind(form: Pick<FormEngine, 'renderResidenceItems'>): ResidenceKind {
  return kindOfResidence(
    { kindId: 'residence-items', label: { text: 'kind.residence-items' }, icon: 'residence-items' },
    (order) => form.renderResidenceItems(order),
  );
}
