// Keeps "5 hours 20 minutes left" true while the page stays open. The words come from the page, so they are in its language.

const EVERY = 30_000;

function lengthInWords(milliseconds, words) {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  const parts = [];
  if (days) parts.push(counted(days, words.day, words.days));
  if (hours) parts.push(counted(hours, words.hour, words.hours));
  if (rest && !days) parts.push(counted(rest, words.minute, words.minutes));
  return parts.join(" ") || words.moment;
}

function counted(count, one, many) {
  return (count === 1 ? one : many).replace("{}", count);
}

function sentence(kind, moment, now, words) {
  const gap = moment - now;
  if (kind === "since" && Math.abs(gap) < 60_000) return words.now;
  const pattern = kind === "remaining" ? (gap < 0 ? words.overdue : words.left) : gap > 0 ? words.in : words.ago;
  return pattern.replace("{}", lengthInWords(gap, words));
}

/** Rewrites every element with data-live now and every half minute; also those that htmx brings in later. */
export function keepTimesLive() {
  const words = document.getElementById("time-words")?.dataset;
  if (!words) return;
  const refresh = () => {
    for (const element of document.querySelectorAll("[data-live]")) {
      const moment = Date.parse(element.dataset.at ?? element.dateTime);
      const text = sentence(element.dataset.live, moment, Date.now(), words);
      if (element.textContent !== text) element.textContent = text;
    }
  };
  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
}
