/** S1: every sheet in any tray belongs to the holder whose card signed the challenge of the session that printed it. */
import type { RecordedEvent } from '@dokodemo/center';
import { visitChallenge } from '@dokodemo/protocol';
import type { Drawing, FileInHand, SheetInTray } from '../witness.ts';
import type { World } from '../world.ts';
import { type MakeCheck, newIn } from './check.ts';

export const ownPaper: MakeCheck = (world) => {
  const sheets = newIn(world.witness.trays);
  const files = newIn(world.witness.filesInHand);
  const visits = newIn(world.witness.visits);
  return {
    step: () => [
      ...sheets().flatMap((sheet) => wrongWith(world, sheet)),
      ...files().flatMap((file) => wrongWithFile(world, file)),
      ...visits()
        .filter(({ strangeSheets }) => strangeSheets > 0)
        .map(({ visit, strangeSheets }) => `${visit} found ${strangeSheets} sheets in the tray that are not theirs`),
    ],
    rest: () => [],
  };
};

function wrongWith(world: World, sheet: SheetInTray): readonly string[] {
  const { witness } = world;
  const where = `at ${sheet.terminalId}`;
  const drawing = witness.drawings.get(sheet.digest);
  if (drawing === undefined) return [`a sheet ${where} that no form has drawn`];
  const signing = witness.signings.findLast(
    ({ terminalId, at }) => terminalId === sheet.terminalId && at <= sheet.givenAt,
  );
  if (signing === undefined) return [`${drawing.name} ${where}, where no card has signed`];
  const { person, challenge } = signing;
  const about = `${drawing.name} ${where}, for whose session ${person.label} signed,`;
  if (drawing.municipality !== person.municipality || drawing.holder !== person.addresseeNumber) {
    return [`${about} is another holder's`];
  }
  const application = witness.kept.find(({ issue }) => issue?.sheetDigests.includes(sheet.digest));
  const sessionId = application?.issue?.sessionId;
  if (sessionId === undefined) return [`${about} stands in no issuer's record`];
  const { applicationId = '' } = application ?? {};
  if (witness.money.some((move) => move.kind === 'returned' && move.applicationId === applicationId)) {
    return [`${about} came out after its fee had been given back: it lies there for whoever comes next`];
  }
  if (!challengesOf(witness.events, sessionId).includes(challenge)) {
    return [`${about} is of a session whose challenge that card has not signed`];
  }
  return wordsOf(world, drawing, about, person);
}

/** As of a sheet: of the person whose telephone it is, and nobody's money has gone back for it. */
function wrongWithFile(world: World, { visit, person, digest }: FileInHand): readonly string[] {
  const { witness } = world;
  const application = witness.kept.find(({ issue }) => issue?.sheetDigests.includes(digest));
  if (application?.issue === undefined) return [`${visit} has a file that stands in no issuer's record`];
  const { applicationId, issue } = application;
  const about = `the file ${issue.documentNumbers[0]} of ${visit}`;
  const drawings = issue.documentNumbers.flatMap((number) => witness.sheetsOf(application, number));
  if (drawings.length === 0) return [`${about} was drawn by no form`];
  if (witness.money.some((move) => move.kind === 'returned' && move.applicationId === applicationId)) {
    return [`${about} was received after its fee had been given back`];
  }
  const isOthers = drawings.some(
    (it) => it.municipality !== person.municipality || it.holder !== person.addresseeNumber,
  );
  if (isOthers) return [`${about} is another holder's`];
  return drawings.flatMap((drawing) => wordsOf(world, drawing, about, person));
}

/** The challenges of a session, computed from what the center wrote down: one for each municipality that was tried. */
function challengesOf(events: readonly RecordedEvent[], sessionId: string): readonly string[] {
  const mine = events.filter((event) => event.sessionId === sessionId);
  const opening = mine.find(({ body }) => body.kind === 'SessionOpened');
  if (opening?.body.kind !== 'SessionOpened') return [];
  const kioskKey = Buffer.from(opening.body.kioskKey, 'base64');
  return mine.flatMap(({ body }) => {
    if (body.kind !== 'VisitOpened') return [];
    const issuerNonce = Buffer.from(body.nonce, 'base64');
    return visitChallenge({ sessionId, issuerNonce, kioskKey, terminalId: opening.terminal }).toString('hex');
  });
}

/** Not only whose sheet it is said to be: nobody outside this household stands on it. */
function wordsOf(
  world: World,
  drawing: Drawing,
  about: string,
  person: World['people']['persons'][number],
): readonly string[] {
  const household = new Set(person.household.members.map(({ addresseeNumber }) => addresseeNumber as string));
  if (drawing.members.some((number) => !household.has(number))) return [`${about} shows somebody of another household`];
  const { truth } = world;
  const strangers = drawing.concerns === 'family' ? truth.namesOutsideFamily(person) : truth.namesElsewhere(person);
  const stranger = drawing.said.find((words) => strangers.has(words));
  return stranger === undefined ? [] : [`${about} bears the name of somebody of another household`];
}
