/** The staff of the demo's municipalities, who sign in at the issuer's console. Nobody of them exists. */
import type { IssuerConfig } from '@dokodemo/issuer/serve';
import type { Municipality } from './town-plan.ts';

type SignIn = Extract<NonNullable<IssuerConfig['console']>['signIn'], { development: unknown }>;
type Clerk = SignIn['development']['users'][number];

const duties: readonly { readonly id: string; readonly name: string; readonly note: string; readonly roles: readonly string[] }[] = [
  { id: 'editor', name: '様式　作子', note: '様式を編集し、使用を提案する', roles: ['form-editor'] },
  { id: 'approver', name: '承認　見太郎', note: '提案を確かめて使い始める', roles: ['form-approver'] },
  { id: 'history', name: '照会　窓香', note: '発行番号で発行を照会する', roles: ['history-reader'] },
  { id: 'enrolment', name: '登録　確子', note: '利用登録の申請を戸籍と見比べて決める', roles: ['enrolment-officer'] },
  { id: 'auditor', name: '監査　守', note: '監査記録を読む', roles: ['auditor'] },
]; // biome-ignore format: one clerk a line

const allRoles = ['form-editor', 'form-approver', 'history-reader', 'enrolment-officer', 'auditor'];

export function townStaff(towns: readonly Municipality[]): Clerk[] {
  const [city, ...others] = towns;
  if (city === undefined) return [];
  const grant = (municipality: string) => (role: string) => `${municipality}:${role}`;
  return [
    ...duties.map(({ roles, note, ...clerk }) => ({
      ...clerk,
      note: `${city.name}：${note}`,
      roles: roles.map(grant(city.municipality)),
    })),
    ...others.map(({ municipality, name }, i) => ({
      id: `small-town-${i + 1}`,
      name: '町役　一人',
      note: `${name}：すべての役割（自分の提案は承認できない）`,
      roles: allRoles.map(grant(municipality)),
    })),
  ];
}
