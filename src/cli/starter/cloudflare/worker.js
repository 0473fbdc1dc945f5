// Starts the workflow of a status site on GitHub at the minute at which the clock changes the site. GitHub's
// own schedule comes hours late. `noroshi init --timer cloudflare` wrote this file; change it as you like.
//
// Set it up once. You need an account at Cloudflare (the free plan suffices) and the workflow of
// `noroshi init --ci github`:
//   1. GitHub → Settings → Developer settings → Fine-grained tokens → Generate new token: only the repository
//      of the site, and only the permission "Actions: Read and write". Note when it expires.
//   2. Fill in `[vars]` in wrangler.toml.
//   3. In this folder, with node 22 or newer:
//        npx wrangler@4.164.0 deploy
//        npx wrangler@4.164.0 secret put GITHUB_TOKEN
//   4. After 15 minutes at most, the page of the Worker in Cloudflare's dashboard lists a run each minute.
//      A run that failed names its reason there.
//
// Leave the schedule in the workflow as it is. It publishes, late, if this Worker or its token fails.

export default {
  async scheduled(_event, env) {
    const now = Date.now();
    // Without a manifest, `NET_MINUTES` alone decides.
    const next = await nextChange(env.SITE).catch((error) => console.warn(String(error)));
    const last = await lastRun(env);
    const isTime = next <= now && last < next;
    // The same change again after 15 minutes: its run failed, or its deployment never became public.
    const wait = (next <= now ? Math.min(15, env.NET_MINUTES) : env.NET_MINUTES) * 60_000;
    if (!isTime && now - last < wait) return;
    await github(env, "dispatches", { method: "POST", body: JSON.stringify({ ref: env.BRANCH }) });
    console.log(isTime ? "started: the site changes now" : "started: no run for a while");
  },
};

// `next_change` of the published manifest. It stands before the list of parts, and only as much is read: a run
// has 10 ms of processor time. An older version lists every file there.
async function nextChange(site) {
  // The query differs each minute, so that no cache on the way answers.
  const address = `${site.replace(/\/*$/, "/")}manifest.json?${Math.floor(Date.now() / 60_000)}`;
  const response = await fetch(address, {
    headers: { "cache-control": "no-cache" },
    signal: AbortSignal.timeout(20_000),
  });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  let text = "";
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    // The line may be cut in two.
    text = text.slice(-100) + part;
    const line = /\n {2}"next_change": "([^"]+)"/.exec(text);
    if (line) return Date.parse(line[1]);
    if (/\n {2}"(parts|files)"/.test(text)) break;
  }
  // Nothing that readers can see is to change by itself.
  return NaN;
}

// When the newest run of the workflow was created. A run that waits or has failed counts.
async function lastRun(env) {
  const branch = encodeURIComponent(env.BRANCH);
  const { workflow_runs: runs } = await (await github(env, `runs?branch=${branch}&per_page=1`)).json();
  return runs.length > 0 ? Date.parse(runs[0].created_at) : 0;
}

async function github(env, path, init) {
  const address = `https://api.github.com/repos/${env.REPOSITORY}/actions/workflows/${env.WORKFLOW}/${path}`;
  const response = await fetch(address, {
    ...init,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${env.GITHUB_TOKEN}`,
      "user-agent": "noroshi-timer",
      "x-github-api-version": "2022-11-28",
    },
    signal: AbortSignal.timeout(20_000),
  });
  // The body of an error names the reason and holds no secret: for example a token that has expired.
  if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
  return response;
}
