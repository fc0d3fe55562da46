/** Everything in a value that does not fit its schema, one line each. The validator itself stops after a few, and of a
 *  choice (a printer of this or that kind) it reports every kind that was not meant. */

import type { TSchema } from 'typebox';
import { validatorOf } from '../dispatch.ts';

type ObjectSchema = TSchema & { readonly properties: Record<string, TSchema>; readonly required?: readonly string[] };

const mostLines = 50;

export function misfitsOf(schema: TSchema, value: unknown): readonly string[] {
  return [...misfits(schema, value, '')].slice(0, mostLines);
}

function* misfits(schema: TSchema, value: unknown, place: string): Generator<string> {
  if (validatorOf(schema).Check(value)) return;
  const meant = isRecord(value) ? objectFor(schema, value) : undefined;
  if (meant === undefined || !isRecord(value)) {
    for (const { instancePath, message } of validatorOf(schema).Errors(value)) {
      yield `${place}${instancePath || (place === '' ? '/' : '')} ${message}`;
    }
    return;
  }
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(meant.properties, key)) yield `${place}/${key} is no known key`;
  }
  for (const [key, inner] of Object.entries(meant.properties)) {
    if (value[key] !== undefined) yield* misfits(inner, value[key], `${place}/${key}`);
    else if (meant.required?.includes(key)) yield `${place}/${key} is missing`;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema of an object; of a choice, the one that the value means: by its `kind`, or by the keys that it has. */
function objectFor(schema: TSchema, value: Record<string, unknown>): ObjectSchema | undefined {
  if ('properties' in schema) return schema as ObjectSchema;
  if (!('anyOf' in schema)) return undefined;
  return (schema.anyOf as TSchema[]).find((choice): choice is ObjectSchema => {
    if (!('properties' in choice)) return false;
    const { kind } = (choice as ObjectSchema).properties;
    if (kind !== undefined) return validatorOf(kind).Check(value.kind);
    return Object.keys(value).some((key) => Object.hasOwn((choice as ObjectSchema).properties, key));
  });
}
