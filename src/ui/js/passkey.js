// SPDX-License-Identifier: Apache-2.0
// Asks the browser for a passkey when such a form is sent, and sends what it gave. Without this script, or
// in a browser without passkeys, these forms stay hidden and the other ways stand.
function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function words(buffer) {
    const text = btoa(String.fromCharCode(...new Uint8Array(buffer)));
    return text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function known(form) {
    const ids = (form.dataset.known ?? "").split(",").filter((id) => id !== "");
    return ids.map((id) => ({ type: "public-key", id: bytes(id) }));
}

function create(form) {
    const { site, user, called } = form.dataset;
    return navigator.credentials.create({
        publicKey: {
            challenge: bytes(form.elements.challenge.value),
            rp: { id: site, name: document.querySelector(".page-brand")?.textContent ?? site },
            user: { id: bytes(user), name: called, displayName: called },
            pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
            authenticatorSelection: {
                residentKey: "required",
                requireResidentKey: true,
                userVerification: "required",
            },
            attestation: "none",
            excludeCredentials: known(form),
        },
    });
}

function get(form) {
    return navigator.credentials.get({
        publicKey: {
            challenge: bytes(form.elements.challenge.value),
            rpId: form.dataset.site,
            allowCredentials: known(form),
            userVerification: "required",
        },
    });
}

async function ask(form) {
    const given = await (form.dataset.passkey === "create" ? create(form) : get(form));
    const { clientDataJSON, attestationObject, authenticatorData, signature } = given.response;
    form.elements.id.value = words(given.rawId);
    form.elements.said.value = words(clientDataJSON);
    form.elements.authenticator.value = words(attestationObject ?? authenticatorData);
    form.elements.signature.value = signature ? words(signature) : "";
    form.submit();
}

export function watchPasskeys() {
    if (!window.PublicKeyCredential) {
        return;
    }
    for (const missing of document.querySelectorAll("[data-passkey-missing]")) {
        missing.hidden = true;
    }
    for (const form of document.querySelectorAll("form[data-passkey]")) {
        form.hidden = false;
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            const problem = form.querySelector("[data-passkey-problem]");
            problem.hidden = true;
            ask(form).catch(() => {
                problem.hidden = false;
            });
        });
    }
}
