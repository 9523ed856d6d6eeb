// Resident ids (GB 11643) and credit codes (GB 32100) as the server reads them, with its sentences.
import { isRealDay, typed } from "../juxian/entries.js";

const LENGTH = 18;
const ID_CHECKS = "10X98765432";
const SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const GONE = /[ \t\r\n\v\f\u00a0\u2002\u2003\u2009\u3000\u200b-\u200f\u202a\u202c\ufeff]/g;

export const READ = { resident_id: readResidentId, credit_code: readCreditCode };

// Narrow, in capitals, without spaces and what pasting brings in.
function folded(text) {
  return typed(text)
    .replace(/[\uff01-\uff5e]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
    .replace(/[a-z]/g, (one) => one.toUpperCase())
    .replace(GONE, "");
}

// {number, sex, birth_date}, or {number, fault}; blank is neither.
export function readResidentId(text, says) {
  const number = folded(text);
  const symbols = [...number];
  const fault = residentIdFault(symbols, number, says);
  if (number === "" || fault) return { number, fault };
  return {
    number,
    sex: Number(number[16]) % 2 ? "male" : "female",
    birth_date: `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`,
  };
}

function residentIdFault(symbols, number, says) {
  if (number === "") return "";
  if (/^\d{15}$/.test(number)) return says.old;
  if (symbols.length !== LENGTH) return says.length.replace("{}", symbols.length);
  const wrong = symbols.findIndex((one, place) => !/\d/.test(one) && !(one === "X" && place === LENGTH - 1));
  if (wrong >= 0) return says.symbol.replace("{}", wrong + 1);
  if (!isRealDay(...[[6, 10], [10, 12], [12, 14]].map((cut) => Number(number.slice(...cut))))) return says.birth;
  const sum = symbols.slice(0, 17).reduce((total, one, place) => total + Number(one) * (2 ** (17 - place) % 11), 0);
  return symbols[17] === ID_CHECKS[sum % 11] ? "" : says.check;
}

export function readCreditCode(text, says) {
  const number = folded(text);
  return { number, fault: creditCodeFault([...number], says) };
}

function creditCodeFault(symbols, says) {
  if (!symbols.length) return "";
  if (symbols.length !== LENGTH) return says.length.replace("{}", symbols.length);
  const wrong = symbols.findIndex((one) => !SYMBOLS.includes(one));
  if (wrong >= 0) return says["IOSVZ".includes(symbols[wrong]) ? "lookalike" : "symbol"].replace("{}", wrong + 1);
  let [sum, weight] = [0, 1];
  for (const one of symbols.slice(0, 17)) {
    sum += SYMBOLS.indexOf(one) * weight;
    weight = (weight * 3) % 31;
  }
  return symbols[17] === SYMBOLS[(31 - (sum % 31)) % 31] ? "" : says.check;
}
