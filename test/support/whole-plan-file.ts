/** A plan file in which each key stands on a line that tests know. */
export const wholePlanFile = `version: 1
catalog: { bucket: tandem-catalog }
plans:
  app:
    tables:
      include: ["app-*"]
      exclude: []
    search:
      endpoint: https://search.example.com
      auth: { type: sigv4 }
      indices: { include: ["*"] }
      repository:
        name: tandem
        bucket: snapshots
        basePath: app
    schedule: { cron: "cron(0 2 * * ? *)", timezone: Europe/Amsterdam }
    retention: { keepLast: 3 }
    deadline: 4h
    alerts: { email: [ops@example.org] }
`;
