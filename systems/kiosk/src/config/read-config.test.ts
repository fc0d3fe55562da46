/** A configuration is believed when all of it is sound, and refused with everything that is wrong. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Authority, certificateDer, certify, createAuthority } from '@dokodemo/protocol/authority';
import { ConfigError, tlsOf } from '@dokodemo/protocol/config';
import { checkConfig, documentAuthorityOf, terminalOf } from './read-config.ts';

const pem = (text: string) => ({ pem: text });
const validity = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) };

describe('the configuration of a kiosk', () => {
  let authority: Authority;
  let folder: string;
  let good: ReturnType<typeof goodConfig>;
  let otherKey: string;
  let centerCertificate: string;

  function goodConfig(key: string, certificate: string) {
    return {
      listen: { port: 0 },
      center: { url: 'https://127.0.0.1:9443', id: 'center' },
      tls: { key: pem(key), certificate: pem(certificate), authority: pem(authority.certificate) },
      documentAuthority: pem(authority.certificate),
      terminal: { terminalId: 'DEMO-0001', store: '一号店' },
      journalFile: '/var/lib/kiosk/journal',
      production: false,
      devices: {
        printer: { kind: 'simulated', stateFile: '/var/lib/kiosk/printer' } as Record<string, unknown>,
        money: { kind: 'simulated', stateFile: '/var/lib/kiosk/money' },
        reader: {
          kind: 'simulated',
          wallet: {
            shelf: '/var/lib/kiosk/cards',
            authority: '/var/lib/kiosk/authority',
            cards: [{ cardId: 'taro', label: '見本 太郎', note: '', pin: '1234' }],
          },
        },
      },
      bench: { pageOrigin: 'http://localhost:4000' } as { pageOrigin: string } | undefined,
    };
  }

  before(async () => {
    authority = await createAuthority('test', validity.notBefore, validity.notAfter);
    const kiosk = await certify(authority, { use: 'kiosk', id: 'DEMO-0001', ...validity });
    const center = await certify(authority, { use: 'center', id: 'center', ...validity });
    otherKey = center.key;
    centerCertificate = center.certificate;
    good = goodConfig(kiosk.key, kiosk.certificate);
    folder = mkdtempSync(path.join(tmpdir(), 'kiosk-config-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function faultsOf(given: unknown): readonly string[] {
    try {
      checkConfig(given);
    } catch (error) {
      assert.ok(error instanceof ConfigError, String(error));
      return error.faults;
    }
    return [];
  }
  const only = (given: unknown, pattern: RegExp) => {
    const faults = faultsOf(given);
    assert.equal(faults.length, 1, faults.join('\n'));
    assert.match(faults[0] ?? '', pattern);
  };
  const withPrinter = (printer: Record<string, unknown>) => ({ ...good, devices: { ...good.devices, printer } });

  test('a sound one gives identity, keys and the documents’ authority', () => {
    const config = checkConfig(good);
    assert.equal(terminalOf(config).terminalId, 'DEMO-0001');
    assert.deepEqual(terminalOf(config).certificate, certificateDer(good.tls.certificate.pem));
    assert.deepEqual(documentAuthorityOf(config), certificateDer(authority.certificate));
    assert.equal(tlsOf(config.tls).authority.trim(), authority.certificate.trim());
    const file = path.join(folder, 'kiosk.der');
    writeFileSync(file, certificateDer(good.tls.certificate.pem));
    const fromFile = checkConfig({ ...good, tls: { ...good.tls, certificate: { file } } });
    assert.deepEqual(terminalOf(fromFile).certificate, certificateDer(good.tls.certificate.pem));
  });

  test('an unknown key is named, wherever it is', () => {
    only({ ...good, colour: 'blue' }, /colour/);
    only({ ...good, terminal: { ...good.terminal, town: 'x' } }, /terminal.*town/);
  });

  test('a misfit is said with its place, and all of them at once', () => {
    const faults = faultsOf({ ...good, listen: { port: 70_000 }, journalFile: '', production: 'no' }).join('\n');
    for (const place of ['/listen/port', '/journalFile', '/production']) assert.ok(faults.includes(place), faults);
    assert.equal(faultsOf({}).length, 8);
    only(null, /must be object/);
    only({ ...good, tls: { ...good.tls, key: { pem: 'not PEM' } } }, /^\/tls\/key\/pem must match/);
  });

  test('of a device of some kind only what concerns this kind is said', () => {
    only(withPrinter({ kind: 'ipp' }), /^\/devices\/printer\/url is missing$/);
    only(
      withPrinter({ kind: 'ipp', url: 'ipp://printer/ipp/print', colour: 1 }),
      /^\/devices\/printer\/colour is no known/,
    );
    assert.ok(faultsOf(withPrinter({ kind: 'typewriter' })).every((fault) => fault.startsWith('/devices/printer')));
    assert.ok(faultsOf(withPrinter({ kind: 'typewriter' })).length > 0);
  });

  test('identity: another role, another terminal, another key, another authority, a file that is not there', async () => {
    only({ ...good, tls: { ...good.tls, key: pem(otherKey), certificate: pem(centerCertificate) } }, /not the kiosk’s/);
    only({ ...good, terminal: { ...good.terminal, terminalId: 'DEMO-0002' } }, /names DEMO-0001, not DEMO-0002/);
    only({ ...good, tls: { ...good.tls, key: pem(otherKey) } }, /tls\.key is not the key/);
    const stranger = await createAuthority('stranger', validity.notBefore, validity.notAfter);
    only({ ...good, tls: { ...good.tls, authority: pem(stranger.certificate) } }, /not issued by/);
    const nowhere = { file: path.join(folder, 'nowhere.pem') };
    const faults = faultsOf({ ...good, documentAuthority: nowhere, tls: { ...good.tls, authority: nowhere } });
    assert.equal(faults.length, 2);
    assert.match(faults.join(), /tls\.authority cannot be used: .*documentAuthority cannot be used: /);
  });

  test('simulated devices need a bench, and two things need two files', () => {
    only({ ...good, bench: undefined }, /bench is missing/);
    only(withPrinter({ kind: 'simulated', stateFile: '/var/lib/kiosk/../kiosk/journal' }), /named twice/);
    const { cards } = good.devices.reader.wallet;
    const reader = { ...good.devices.reader, wallet: { ...good.devices.reader.wallet, cards: [...cards, ...cards] } };
    only({ ...good, devices: { ...good.devices, reader } }, /card is named twice/);
  });

  test('in production nothing is simulated, nothing is left in a folder, nothing goes over an open wire', () => {
    const faults = faultsOf({ ...good, production: true }).join('\n');
    for (const device of ['printer', 'money', 'reader']) assert.ok(faults.includes(`devices.${device}: a simulated`));
    assert.match(faults, /bench: there is none/);
    const said = (printer: Record<string, unknown>) =>
      faultsOf({ ...withPrinter(printer), production: true })
        .filter((fault) => fault.startsWith('devices.printer'))
        .join();
    assert.match(said({ kind: 'folder', directory: '/tmp/out' }), /left in a folder/);
    assert.match(said({ kind: 'ipp', url: 'ipp://192.0.2.7/ipp/print' }), /over ipps/);
    assert.equal(said({ kind: 'ipp', url: 'ipps://192.0.2.7/ipp/print' }), '');
    assert.equal(said({ kind: 'ipp', url: 'ipp://localhost:631/ipp/print' }), '');
  });
});
