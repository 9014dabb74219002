/** The transit service's fixed data: both versions serve the same. */
const PLACES = ["Zürich Altstetten", "Oerlikon", "Winterthur Töss", "Uster", "Baden", "Wädenswil"];

export function stop(number: string | undefined) {
  const at = Number(number ?? 0);
  return {
    stopCode: `ST${at}`,
    stopCaption: PLACES[at % PLACES.length],
    platformMark: `${(at % 9) + 1}A`,
    fareZone: 100 + (at % 4) * 10,
  };
}

export function line(number: string | undefined) {
  const at = Number(number ?? 0);
  return {
    lineCode: `L${at}`,
    vehicleMode: at % 2 === 0 ? "tram" : "bus",
    dwellSeconds: 20 + (at % 5),
    stopSequence: [at, at + 4, at + 9],
  };
}

export function fare(number: string | undefined) {
  const at = Number(number ?? 0);
  return { fareZone: at, fareAmount: 2.8 + (at % 5) * 0.4, fareCurrency: "CHF", validMinutes: 60 };
}
