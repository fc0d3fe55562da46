/** What staff of a municipality may do here. A person may have several; who proposes never takes into use alone. */
export const roles = ['form-editor', 'form-approver', 'history-reader', 'enrolment-officer', 'auditor'] as const;
export type Role = (typeof roles)[number];

export const anybody: readonly Role[] = roles;
export const seesForms: readonly Role[] = ['form-editor', 'form-approver', 'auditor'];
