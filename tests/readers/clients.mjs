// Reads a site with a client library and prints what the library reports, as JSON:
// `node clients.mjs statuspage.io http://127.0.0.1:1234`.

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const [name, origin] = process.argv.slice(2);

const clients = {
  "statuspage.io": async () => {
    const { Statuspage } = require("statuspage.io");
    const client = new Statuspage("noroshi");
    client.setApiUrl(origin);
    const { api } = client;
    return {
      status: await api.getStatus(),
      summary: await api.getSummary(),
      components: await api.getComponents(),
      incidents: await api.incidents.getAll(),
      unresolved: await api.incidents.getUnresolved(),
      // At this version `getActive` and `getAll` ask for what is upcoming, too; see summary for the rest.
      upcoming: await api.scheduledMaintenances.getUpcoming(),
    };
  },
  "statuspage.js": async () => {
    const { Statuspage } = require("statuspage.js");
    const client = new Statuspage("noroshi");
    // It knows only pages below statuspage.io; everything else of it runs as it is.
    client.axios.defaults.baseURL = `${origin}/api/v2`;
    return {
      status: await client.status(),
      summary: await client.summary(),
      components: await client.components(),
      incidents: await client.allIncidents(),
      unresolved: await client.unresolvedIncidents(),
      maintenance: await client.allScheduledMaintenances(),
      active: await client.activeScheduledMaintenances(),
      upcoming: await client.upcomingScheduledMaintenances(),
    };
  },
};

// Dates that the library made out of text are told apart from text.
const replacer = function (key, value) {
  return this[key] instanceof Date ? { date: value } : value;
};
process.stdout.write(JSON.stringify(await clients[name](), replacer));
