// A Slack look-alike that is not ours, on the port that is given, until its input ends.
import { createEmulator } from "emulate";

const seed = {
  slack: {
    team: { name: "Harbour", domain: "harbour" },
    users: [{ name: "ana" }],
    channels: [{ name: "payments" }],
    oauth_apps: [
      {
        client_id: "1.1",
        client_secret: "secret",
        app_id: "A0MESHFIT",
        name: "meshfit",
        redirect_uris: [],
        scopes: process.argv[3].split(","),
        bot_name: "meshfit",
      },
    ],
    tokens: [
      {
        token: "xoxb-meshfit",
        type: "bot",
        user: "ana",
        app_id: "A0MESHFIT",
        scopes: process.argv[3].split(","),
      },
      { token: "xoxp-ana", user: "ana", scopes: ["channels:read", "channels:history", "users:read"] },
    ],
    strict_scopes: true,
  },
};
const slack = await createEmulator({ service: "slack", port: Number(process.argv[2]), seed });
console.log(slack.url);
process.stdin.resume();
process.stdin.on("end", async () => {
  await slack.close();
  process.exit(0);
});
