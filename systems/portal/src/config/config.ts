/** What the portal is told before it starts. Unknown keys are refused: a misspelt one must not silently mean nothing. */
import { strict } from '@dokodemo/protocol';
import { IdentityConfig } from '@dokodemo/protocol/config';
import { type Static, Type } from 'typebox';

const Line = Type.String({ minLength: 1, maxLength: 200 });
const Place = Type.String({ minLength: 1, maxLength: 1_000 });
const Limit = Type.Integer({ minimum: 1, maximum: 100_000 });

export const PortalConfig = Type.Object(
  {
    listen: Type.Object({ host: Line, port: Type.Integer({ minimum: 0, maximum: 65_535 }) }, strict),
    /** As people type it. TLS ends at the proxy in front. */
    publicUrl: Type.String({ pattern: '^https?://[^@/\\s]+$', maxLength: 300 }),
    /** `id`: as the center's certificate names it. */
    center: Type.Object(
      { url: Type.String({ pattern: '^https://[^@\\s]+$', maxLength: 300 }), id: Type.Optional(Line) },
      strict,
    ),
    tls: IdentityConfig,
    /** Whom visitors' browsers believe, as the center publishes it. Read again when the file changes. */
    trustBundleFile: Place,
    /** In production visitors come over https. */
    production: Type.Boolean(),
    /** Addresses (or subnets) of proxies whose word about the visitor's address counts. Without them each visitor is
     *  whoever opened the connection: behind a proxy that is not named, all share one limit. */
    proxies: Type.Optional(Type.Array(Type.String({ pattern: '^[0-9a-fA-F.:/]{2,60}$' }), { maxItems: 20 })),
    limits: Type.Optional(
      Type.Object(
        {
          /** Questions about papers, from one address (of IPv6: from one /64). */
          questionsPerAddressPerMinute: Type.Optional(Limit),
          /** Questions about one document number, whoever asks: so many codes can be guessed, of 2^75. */
          questionsPerDocumentPerHour: Type.Optional(Limit),
          /** All else that one address fetches: pages, tiles of the log. */
          requestsPerAddressPerMinute: Type.Optional(Limit),
          /** Requests that are with the center at one time; more are told to come back. */
          atCenterAtOnce: Type.Optional(Limit),
        },
        strict,
      ),
    ),
  },
  strict,
);
export type PortalConfig = Static<typeof PortalConfig>;

export const usualLimits = {
  questionsPerAddressPerMinute: 30,
  questionsPerDocumentPerHour: 30,
  requestsPerAddressPerMinute: 1_200,
  atCenterAtOnce: 64,
} as const;
