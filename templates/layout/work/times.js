// Times as they are recorded (local, with their offset, so that they stay true in another zone), shown and typed.

const TIME = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00)$/;
const TYPED = /^(?:(\d{4}-\d\d-\d\d)[T ]+)?(\d\d?):(\d\d)(?::(\d\d))?\s*(Z|[+-]\d\d:\d\d)?$/;

function two(number) {
  return String(number).padStart(2, "0");
}

function dayOf(date) {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

// 2014-06-10T03:12:00+02:00
function stamp(date) {
  const ahead = -date.getTimezoneOffset();
  const offset = `${two(Math.floor(Math.abs(ahead) / 60))}:${two(Math.abs(ahead) % 60)}`;
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${dayOf(date)}T${clock}${ahead < 0 ? "-" : "+"}${offset}`;
}

// 2014-06-10 03:12 +02:00
function shownTime(time) {
  return time && `${time.slice(0, 10)} ${time.slice(11, 16)} ${time.slice(19)}`;
}

function isDay(day) {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

// Whether something can have happened then: a day that there is, of this century.
function isTime(text) {
  const day = typeof text === "string" && TIME.exec(text)?.[1];
  return Boolean(day) && isDay(day) && day >= "2000" && day < "2101";
}

// What somebody typed: a day and an offset may be left out and are then today's and this computer's.
// Undefined if it is no time.
function typedTime(text) {
  const parts = TYPED.exec(text.trim());
  if (!parts) return undefined;
  const [, day = dayOf(new Date()), hour, minute, second = "00", offset] = parts;
  const local = `${day}T${hour.padStart(2, "0")}:${minute}:${second}`;
  const date = new Date(local + (offset ?? ""));
  if (!isDay(day) || Number.isNaN(date.getTime())) return undefined;
  const time = offset ? local + offset.replace("Z", "+00:00") : stamp(date);
  return isTime(time) ? time : undefined;
}
