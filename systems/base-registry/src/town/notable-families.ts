/** Family registers of those whom the demo names. */
import type { AddressEntry, AddresseeNumber, RegisterText, Resident } from '@dokodemo/domain';
import { eraDate } from './dates.ts';
import { alone, couple, parentNames } from './families.ts';
import { type Context, type Family, kinOf, marriedIn } from './family.ts';
import { machiDomicile, miharuDomicile } from './notable-households.ts';
import { manyEvents } from './notable-koseki.ts';
import { type NotableContext, personOf, placeOf } from './notable-people.ts';

const text = (it: string): RegisterText => ({ text: it });
const lived = (address: string, iso: string): AddressEntry => ({ address: text(address), settled: eraDate(iso) });

function domicileOf({ particulars }: Resident): RegisterText {
  return particulars.kind === 'japanese' ? particulars.registeredDomicile : text('');
}

export function contextOf(context: NotableContext, key: string, member = 0): Context {
  const { draw, plan } = context;
  return { draw, plan, place: placeOf(context, key), domicile: domicileOf(personOf(context, key, member)) };
}

/** 見本: a wedding in 2008, two children, three addresses. */
function mihon(context: NotableContext): Family {
  const { draw, plan } = context;
  const [taro, hanako, ichiro, sakura] = [0, 1, 2, 3].map((i) => personOf(context, 'taro', i)) as [
    Resident,
    Resident,
    Resident,
    Resident,
  ];
  const place = placeOf(context, 'taro');
  const moved = [
    lived('架空県みらい市青空町二丁目4番6号', '2008-11-15'),
    lived(`${plan.name}栄町三丁目1番8号`, '2015-04-01'),
    { ...place, settled: taro.settledAtAddress },
  ];
  const since = (born: string, first: AddressEntry) => [{ ...first, settled: eraDate(born) }, ...moved.slice(1)];
  const [firstHome] = moved as [AddressEntry, ...AddressEntry[]];
  const parents = { father: text('見本　太郎'), mother: text('見本　花子') };
  return {
    domicile: domicileOf(taro),
    surname: text('見本'),
    surnameKana: 'ミホン',
    origin: { how: 'marriage', iso: '2008-11-03' },
    head: kinOf(draw, taro, place, {
      father: text('見本　一太'),
      mother: text('見本　和子'),
      relationship: '長男',
      before: { name: text('見本　太郎'), domicile: text('架空県みらい市青空町一丁目7番地'), head: text('見本　一太') },
      lives: moved,
    }),
    spouse: kinOf(draw, hanako, place, {
      father: text('例示　次郎'),
      mother: text('例示　松子'),
      relationship: '二女',
      before: { name: text('例示　花子'), domicile: text('例示県はるか市南通三丁目9番地'), head: text('例示　次郎') },
      lives: moved,
    }),
    children: [
      kinOf(draw, ichiro, place, { ...parents, lives: since('2010-05-05', firstHome) }),
      kinOf(draw, sakura, place, { ...parents, lives: since('2013-03-21', firstHome) }),
    ],
  };
}

/** A Japanese wife of a foreign resident is the head of a register of her own (戸籍法 16条). */
function withForeignHusband(context: NotableContext): Family {
  const { draw } = context;
  const wife = personOf(context, 'nguyen', 1);
  const made = alone(contextOf(context, 'nguyen', 1), wife);
  return {
    ...made,
    origin: { how: 'marriage', iso: '2021-06-12' },
    head: { ...made.head, ...kinOf(draw, wife, placeOf(context, 'nguyen')) },
    foreignSpouse: { name: 'グエン　ヴァン　ミホン', nationality: 'ベトナム国', birth: '西暦１９９０年５月３日' },
  };
}

/** 大家: four generations in their registers; the youngest is in one kept elsewhere. */
function big(context: NotableContext): readonly Family[] {
  const at = (i: number) => personOf(context, 'big', i);
  const make = contextOf(context, 'big');
  const old = couple(make, at(8), at(9), [], { grown: [at(0)] });
  const main = couple(make, at(0), at(1), [], { ...parentNames(old), grown: [at(2)] });
  const second = couple(make, at(2), at(3), [], { ...parentNames(main), grown: [at(4)] });
  const third = couple(make, at(4), at(5), [at(6)], parentNames(second));
  return [old, main, second, third, alone(make, at(10)), alone(make, at(11))];
}

/** A child of fourteen is in the register of its parents, who live elsewhere. */
function child(context: NotableContext): Family {
  const young = personOf(context, 'child');
  const { draw, plan } = context;
  const place = { address: text('架空県ひかり町大字朝日21番地') };
  const parent = (given: string, kana: string, born: string, sex: 'male' | 'female') => ({
    givenName: text(given),
    givenNameKana: kana,
    birth: eraDate(born),
    sex,
    lives: [{ ...place, settled: eraDate('2010-04-01') }],
  });
  return {
    domicile: domicileOf(young),
    surname: text('若木'),
    surnameKana: 'ワカギ',
    origin: { how: 'marriage', iso: '2010-03-14' },
    head: {
      ...parent('健一', 'ケンイチ', '1983-01-20', 'male'),
      ...marriedIn(draw, plan, text('健一'), 'male', '若木'),
    },
    spouse: { ...parent('七海', 'ナナミ', '1985-10-02', 'female'), ...marriedIn(draw, plan, text('七海'), 'female') },
    children: [
      kinOf(draw, young, placeOf(context, 'child'), { father: text('若木　健一'), mother: text('若木　七海') }),
    ],
  };
}

export function cityFamilies(context: NotableContext): readonly Family[] {
  const single = (key: string) => alone(contextOf(context, key), personOf(context, key));
  const { draw, plan } = context;
  const watanabe = contextOf(context, 'watanabe');
  const withFormerSurname = couple(watanabe, personOf(context, 'watanabe'), personOf(context, 'watanabe', 1), []);
  const alonePeople = ['protected', 'mover', 'moved', 'overflow', 'gaiji', 'sealless', 'sealgone', 'landowner'];
  return [
    mihon(context),
    withForeignHusband(context),
    {
      ...withFormerSurname,
      ...(withFormerSurname.spouse === undefined
        ? {}
        : {
            spouse: {
              ...withFormerSurname.spouse,
              ...marriedIn(draw, plan, withFormerSurname.spouse.givenName, 'female', '𠮷﨑'),
            },
          }),
    },
    alone(contextOf(context, 'watanabe', 2), personOf(context, 'watanabe', 2)),
    ...big(context),
    child(context),
    ...alonePeople.map(single),
    couple(contextOf(context, 'undeclared'), personOf(context, 'undeclared'), personOf(context, 'undeclared', 1), []),
    { ...single('newlywed'), processing: true },
    manyEvents(context),
  ];
}

/** 町田 lives in the small town; the register is kept in the city, which knows the number only. */
export function machiFamily(addresseeNumber: AddresseeNumber): Family {
  return {
    domicile: text(machiDomicile),
    surname: text('町田'),
    surnameKana: 'マチダ',
    origin: { how: 'own-register', iso: '2004-06-30' },
    head: {
      addresseeNumber,
      givenName: text('見本'),
      givenNameKana: 'ミホン',
      birth: eraDate('1980-04-12'),
      sex: 'male',
      father: text('町田　実'),
      mother: text('町田　春江'),
      relationship: '長男',
      before: { name: text('町田　見本'), domicile: text(machiDomicile), head: text('町田　実') },
      lives: [
        lived('見本県どこでも市港町二丁目5番3号', '2004-07-01'),
        lived('架空県みらい市青空町二丁目4番6号', '2012-03-20'),
        lived('見本県いつでも町大字見晴100番地1', '2020-03-28'),
      ],
    },
    children: [],
  };
}

/** 見晴 lives in the city; the register is kept in the small town, which knows the number only. */
export function miharuFamily(addresseeNumber: AddresseeNumber): Family {
  return {
    domicile: text(miharuDomicile),
    surname: text('見晴'),
    surnameKana: 'ミハル',
    origin: { how: 'own-register', iso: '2003-05-12' },
    head: {
      addresseeNumber,
      givenName: text('見本'),
      givenNameKana: 'ミホン',
      birth: eraDate('1980-04-12'),
      sex: 'male',
      father: text('見晴　勇'),
      mother: text('見晴　菊江'),
      relationship: '二男',
      before: { name: text('見晴　見本'), domicile: text(miharuDomicile), head: text('見晴　勇') },
      lives: [
        lived('見本県いつでも町大字見晴7番地', '2003-05-15'),
        lived('見本県どこでも市緑が丘三丁目5番7号', '2020-03-28'),
      ],
    },
    children: [],
  };
}
