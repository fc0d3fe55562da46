/** The kiosk's journal as people read it. */
import { isoJapan } from '@dokodemo/domain';
import type { Fact } from '@dokodemo/protocol';
import type { JournalLine } from './agent.ts';
import type { Entry, JournalState } from './journal-state.ts';

/** Undefined: nothing that a person would miss. `now`: undefined while an old journal is read. `state`: with the entry. */
export function lineOf(entry: Entry, now: number | undefined, state: JournalState): JournalLine | undefined {
  const ofFile = (applicationId: string) => state.deliveries.get(applicationId)?.depositId !== undefined;
  if (entry.kind === 'fact') {
    const { fact, at } = entry.report;
    return { at, text: 'applicationId' in fact && ofFile(fact.applicationId) ? textOfFile(fact) : textOf(fact) };
  }
  if (entry.kind === 'session') return { at: entry.at, text: `お取り扱い開始 ${entry.sessionId.slice(-8)}` };
  if (now === undefined) return undefined;
  const at = isoJapan(now);
  switch (entry.kind) {
    case 'delivery':
      return {
        at,
        text: `書類を確認 ${entry.documentNumbers.join(' ')} ${entry.depositId === undefined ? `${entry.sheetDigests.length}枚` : '電子ファイル'} ${entry.feeYen}円`,
      };
    case 'sheet-begun':
      return { at, text: ofFile(entry.applicationId) ? 'ファイルの受け取り先を表示' : `印刷に渡す ${entry.sheet}枚目` };
    case 'sheet-not-printed':
      return { at, text: ofFile(entry.applicationId) ? 'ファイルを取り下げた' : `印刷されず ${entry.sheet}枚目` };
    case 'told':
      return { at, text: `センターへ報告済み ${entry.kioskSeq}件目まで` };
    case 'checkpoint':
      return { at, text: '記録を新しくした' };
  }
}

function textOfFile(fact: Fact): string {
  switch (fact.kind) {
    case 'printing-started':
      return 'ファイルのお渡し開始';
    case 'sheet-printed':
      return 'ファイルが受け取られた';
    case 'handed-over':
      return 'ファイルを渡した';
    case 'lost-track':
      return `ファイルが受け取られたか分からない (${fact.reason})`;
    default:
      return textOf(fact);
  }
}

function textOf(fact: Fact): string {
  switch (fact.kind) {
    case 'card-put-down':
      return 'カードが置かれた';
    case 'card-removed':
      return 'カードが取られた';
    case 'fee-reserved':
      return `手数料 ${fact.feeYen}円を預かった (${fact.method === 'cash' ? '現金' : '電子マネー'})`;
    case 'printing-started':
      return `印刷開始 全${fact.sheets}枚`;
    case 'sheet-printed':
      return `印刷済み ${fact.sheet}/${fact.sheets}枚`;
    case 'handed-over':
      return '全部の用紙が出た';
    case 'fee-captured':
      return `手数料 ${fact.feeYen}円を受け取った`;
    case 'fee-returned':
      return `手数料 ${fact.feeYen}円を返した (${fact.reason})`;
    case 'document-dropped':
      return `書類を取り消した (${fact.reason})`;
    case 'lost-track':
      return `用紙が出たか分からない ${fact.sheetsConfirmed}/${fact.sheets}枚 (${fact.reason})`;
    case 'printer-trouble':
      return `プリンターの異常 (${fact.condition})`;
    case 'paper-taken':
      return '用紙が取られた';
    case 'paper-left':
      return '用紙が残された';
    case 'power-returned':
      return '電源が戻った';
    case 'session-ended':
      return `お取り扱い終了 (${fact.reason})`;
  }
}
