/** What a kiosk is told before it starts. Unknown keys are refused: a misspelt one must not silently mean nothing. */
import { strict, TerminalIdText } from '@dokodemo/protocol';
import { IdentityConfig, KeyMaterial } from '@dokodemo/protocol/config';
import { type Static, Type } from 'typebox';

const Words = Type.String({ minLength: 1, maxLength: 80 });
const Place = Type.String({ minLength: 1, maxLength: 1_000 });
const Origin = Type.String({ pattern: '^https?://[a-z0-9.:\\[\\]-]{1,200}$' });

const PrinterConfig = Type.Union([
  /** `sheetMs`: how long the simulated printer takes for a sheet. */
  Type.Object(
    {
      kind: Type.Literal('simulated'),
      stateFile: Place,
      sheetMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
    },
    strict,
  ),
  Type.Object({ kind: Type.Literal('folder'), directory: Place }, strict),
  /** `authority`: whom to believe about the printer's own certificate, where it is none of the usual ones. */
  Type.Object(
    {
      kind: Type.Literal('ipp'),
      url: Type.String({ pattern: '^(ipps?|https?)://[^\\s]+$', maxLength: 300 }),
      authority: Type.Optional(KeyMaterial),
    },
    strict,
  ),
]);

/** Cards of people who do not exist, issued by a test authority. */
const WalletConfig = Type.Object(
  {
    /** Directory with the cards' keys, certificates and memories (tries, locks). */
    shelf: Place,
    /** Directory of the test authority that issues them. */
    authority: Place,
    cards: Type.Array(
      Type.Object(
        {
          cardId: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' }),
          label: Words,
          note: Type.String({ maxLength: 200 }),
          pin: Type.String({ pattern: '^[0-9]{4}$' }),
          /** The municipality's own application on it (条例利用): directory of the authority that certifies it. */
          ordinance: Type.Optional(
            Type.Object(
              {
                authority: Place,
                municipality: Type.String({ pattern: '^[0-9]{6}$' }),
                secondPin: Type.String({ pattern: '^[0-9]{4}$' }),
              },
              strict,
            ),
          ),
        },
        strict,
      ),
      { minItems: 1, maxItems: 50 },
    ),
  },
  strict,
);
export type WalletConfig = Static<typeof WalletConfig>;

export const KioskConfig = Type.Object(
  {
    /** Where the panel's browser finds the agent. It is on the same machine: 127.0.0.1 unless said otherwise.
     *  `hostNames`: further names (with port) under which browsers may call, e.g. behind a forwarded port. */
    listen: Type.Object(
      {
        host: Type.Optional(Type.String({ minLength: 1, maxLength: 253 })),
        port: Type.Integer({ minimum: 0, maximum: 65_535 }),
        hostNames: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z0-9.:\\[\\]-]{1,260}$' }), { maxItems: 8 })),
      },
      strict,
    ),
    /** `id`: as the center's certificate names it. */
    center: Type.Object(
      { url: Type.String({ pattern: '^https://[^@\\s]+$', maxLength: 300 }), id: Type.Optional(Words) },
      strict,
    ),
    /** The terminal's own identity, and the authority that certifies systems and terminals. */
    tls: IdentityConfig,
    /** Certifies the municipalities' document-signing keys. */
    documentAuthority: KeyMaterial,
    terminal: Type.Object({ terminalId: TerminalIdText, store: Words }, strict),
    /** Electronic copies by way of the center and the portal: `portalUrl` as telephones find it. Absent: this kiosk prints
     *  and does nothing else. No longer than a QR code holds that a telephone reads from the screen. */
    electronicCopies: Type.Optional(
      Type.Object({ portalUrl: Type.String({ pattern: '^https?://[^@/\\s]+$', maxLength: 130 }) }, strict),
    ),
    journalFile: Place,
    /** In production no device is simulated. */
    production: Type.Boolean(),
    devices: Type.Object(
      {
        printer: PrinterConfig,
        money: Type.Object({ kind: Type.Literal('simulated'), stateFile: Place }, strict),
        reader: Type.Object({ kind: Type.Literal('simulated'), wallet: WalletConfig }, strict),
      },
      strict,
    ),
    /** The physical world of simulated devices, for a page at another origin. `paperFolder`: every sheet that comes out
     *  is also written there, as a PDF for a person to open. */
    bench: Type.Optional(Type.Object({ pageOrigin: Origin, paperFolder: Type.Optional(Place) }, strict)),
  },
  strict,
);
export type KioskConfig = Static<typeof KioskConfig>;
