/** The console of two municipalities over memory, with the real sign-in and people of every role. */

import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FormEngine } from '@dokodemo/documents';
import { systemEntropy } from '@dokodemo/domain';
import { createMemoryAuditLog } from '../audit/audit-log.ts';
import { type Role, roles } from '../console-server/roles.ts';
import { serveConsole } from '../console-server/serve-console.ts';
import { enrolmentDesk } from '../enrolment/enrolment-desk.ts';
import { allKinds } from '../kinds/all-kinds.ts';
import { type MunicipalityProfile, municipalitiesOf } from '../municipality.ts';
import { createMemorySettingStore } from '../settings/memory-setting-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { enrolmentsOfATown } from './enrolments-of-a-town.ts';
import type { ManualClock } from './manual-clock.ts';
import { otherTown, town } from './people.ts';

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

export type Clerk = {
  ask(path: string, body?: unknown, headers?: Record<string, string>): Promise<{ status: number; body: never }>;
};

const people = [
  ...roles.map((role) => ({ id: role, roles: [`${town}:${role}`] })),
  { id: 'both', roles: [`${town}:form-editor`, `${town}:form-approver`] },
  { id: 'neighbour', roles: roles.map((role) => `${otherTown}:${role}`) },
];

export async function consoleOfATown(engine: FormEngine, profiles: readonly MunicipalityProfile[], clock: ManualClock) {
  const page = mkdtempSync(path.join(tmpdir(), 'console-page-'));
  writeFileSync(path.join(page, 'index.html'), '<!doctype html><title>page</title>');
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const store = createMemorySettingStore();
  const issues = createMemoryStore();
  const audit = createMemoryAuditLog();
  const enrolments = enrolmentsOfATown();
  const notes: string[] = [];
  const served = await serveConsole({
    config: {
      listen: { host: '127.0.0.1', port },
      publicUrl: url,
      signIn: { development: { port: 0, users: people.map((it) => ({ ...it, name: it.id, note: it.id })) } },
    },
    production: false,
    municipalities: municipalitiesOf(profiles),
    tools: {
      store,
      issues,
      audit,
      kinds: allKinds(engine),
      engine,
      enrolments: enrolmentDesk({ registry: enrolments.registry, clock, entropy: systemEntropy }),
      clock,
      entropy: systemEntropy,
      production: false,
    },
    clock,
    entropy: systemEntropy,
    page,
    note: (what, detail) => void notes.push(`${what} ${detail}`),
  });
  return {
    url,
    store,
    issues,
    audit,
    enrolments,
    notes,
    close: served.close,
    signIn: (id: Role | 'both' | 'neighbour') => signIn(url, id),
  };
}

/** As a browser does: to the provider, chosen there, and back. */
async function signIn(url: string, id: string): Promise<Clerk> {
  const cookies = new Map<string, string>();
  const visit = async (to: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), cookie };
    const response = await fetch(to, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  let at = `${url}/sign-in`;
  let signedIn = false;
  for (let i = 0; i < 12 && !signedIn; i++) {
    const isPeoplePage = at.includes('/interaction/');
    const response = await visit(at, isPeoplePage ? { method: 'POST', body: new URLSearchParams({ user: id }) } : {});
    signedIn = at.includes('/sign-in/callback');
    at = new URL(response.headers.get('location') ?? '/', at).href;
  }
  const { csrf } = (await (await visit(`${url}/session`)).json()) as { csrf: string };
  return {
    async ask(to, body = {}, headers = {}) {
      const response = await visit(`${url}/api/${to}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'x-csrf-token': csrf, ...headers },
      });
      return { status: response.status, body: (await response.json()) as never };
    },
  };
}
