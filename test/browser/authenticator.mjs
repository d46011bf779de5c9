// SPDX-License-Identifier: Apache-2.0
// A passkey of the browser's own virtual authenticator, for journeys.

/** A phone's own authenticator, which says yes to everything. Chromium forgets it with each page, so what it
 * holds is kept here, and given to each page that is to ask it. */
export class Authenticator {
    constructor() {
        this.credentials = new Map();
    }

    async on(page) {
        // It may also have outlived the page before.
        await this.session?.send("WebAuthn.disable").catch(() => {});
        await this.session?.detach().catch(() => {});
        const session = await page.context().newCDPSession(page);
        this.session = session;
        const keep = ({ credential }) => this.credentials.set(credential.credentialId, credential);
        session.on("WebAuthn.credentialAdded", keep);
        session.on("WebAuthn.credentialAsserted", keep);
        await session.send("WebAuthn.enable");
        const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
            options: {
                protocol: "ctap2",
                transport: "internal",
                hasResidentKey: true,
                hasUserVerification: true,
                isUserVerified: true,
                automaticPresenceSimulation: true,
            },
        });
        for (const credential of this.credentials.values()) {
            await session.send("WebAuthn.addCredential", { authenticatorId, credential });
        }
    }
}
