/* SPDX-License-Identifier: Apache-2.0 */
/* What Chromium's virtual authenticator gave on http://localhost:8417 for a challenge of 24 bytes of 7: a
 * new key of each kind, and its first answer. The second says on purpose what some browsers add to their
 * words. */
#ifndef WEBAUTHN_VECTORS_H
#define WEBAUTHN_VECTORS_H

#define VECTOR_ORIGIN "http://localhost:8417"
#define VECTOR_CHALLENGE "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH"

static const struct {
    int algorithm;
    const char *id, *new_said, *attestation, *said, *authenticator, *signature;
} vectors[] = {
    {-7, "dNvbx-PUFSZYJB4N1QwL_UESly7_ZSIkhgXHOYVo224",
     "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndj"
     "SEJ3Y0giLCJvcmlnaW4iOiJodHRwOi8vbG9jYWxob3N0Ojg0MTciLCJjcm9zc09yaWdpbiI6ZmFsc2V9",
     "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAA"
     "AQECAwQFBgcIAQIDBAUGBwgAIHTb28fj1BUmWCQeDdUMC_1BEpcu_2UiJIYFxzmFaNtupQECAyYgASFYIM36ivuc"
     "st65KVPUevev_tC5OWeEfQHqHFVZyrQqBRbhIlggc5qc-CwuVBelF2YGz0lp3QEroUdczFO5vk6zWR1ZYQs",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSEJ3"
     "Y0giLCJvcmlnaW4iOiJodHRwOi8vbG9jYWxob3N0Ojg0MTciLCJjcm9zc09yaWdpbiI6ZmFsc2V9",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
     "MEUCIQCxQojvBdsIlw0DxrQJIrrQOnlLpPuIbxhu-rjKOsYuUQIgYdMN4M7Nn6-4msA1A1PWky--OXNNEa2eoYyM"
     "L7ah6qg"},
    {-8, "EG_E9hsiAtLq0Zy1cmbszMAh5hDLZxVQfEH34OJS1xo",
     "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndj"
     "SEJ3Y0giLCJvcmlnaW4iOiJodHRwOi8vbG9jYWxob3N0Ojg0MTciLCJjcm9zc09yaWdpbiI6ZmFsc2UsIm90aGVy"
     "X2tleXNfY2FuX2JlX2FkZGVkX2hlcmUiOiJkbyBub3QgY29tcGFyZSBjbGllbnREYXRhSlNPTiBhZ2FpbnN0IGEg"
     "dGVtcGxhdGUuIFNlZSBodHRwczovL2dvby5nbC95YWJQZXgifQ",
     "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViBSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAA"
     "AQECAwQFBgcIAQIDBAUGBwgAIBBvxPYbIgLS6tGctXJm7MzAIeYQy2cVUHxB9-DiUtcapAEBAycgBiFYIEjjbF_B"
     "Xg8J-CJD1I4N0z6idqpnUhy7-DrekAnZ5NvN",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSEJ3"
     "Y0giLCJvcmlnaW4iOiJodHRwOi8vbG9jYWxob3N0Ojg0MTciLCJjcm9zc09yaWdpbiI6ZmFsc2V9",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
     "xWaMfVBFhNdlot4npDHq_zhq9MGF4za85fb40Xrt27ot_eshQNt_lO_i3gYanUy2u5g9YL58y6KPtCoDCLBkDA"},
    {-257, "IAEATW75yIaL5tA-c4kUWhqH2nsfHskSEjv6PtqB0tY",
     "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndj"
     "SEJ3Y0giLCJvcmlnaW4iOiJodHRwOi8vbG9jYWxob3N0Ojg0MTciLCJjcm9zc09yaWdpbiI6ZmFsc2V9",
     "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVkBZ0mWDeWIDoxodDQXD2R2YFuP5K65ooYyx5lc87qDHZdjRQAA"
     "AAEBAgMEBQYHCAECAwQFBgcIACAgAQBNbvnIhovm0D5ziRRaGofaex8eyRISO_o-2oHS1qQBAwM5AQAgWQEArZGj"
     "zmia1zG2vMPkjMIfcuQidpn7X6EVrJ5K6Ycxyj0yj5tPWV3WJSZLedlYyDK39NG98rTcAff3VVTg4djapCKoaooB"
     "rfK3tvC4jCNJb0dNPYG7aL69VE2Ji_wCWdYRweHx2Re2NOoxztfLKH5QLh1Rkw7hi5IvEdvUTUGkyhHjMd3otAXd"
     "9M0uX3deyTAShaRkDL5vpCsL1B6Sx7xeQEHFqM40dJxb48rFN1YjZp1ucqcgNvPDd5P2nkFCf4GLvVk2iVut4vS6"
     "PIYArFkrdRJQ0N717RFUhDpHDPpGcbw8jEqIC1Jyi3EycOg1W2UK7uzTwjMOdtTUn_ndOjxTCyFDAQAB",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSEJ3"
     "Y0giLCJvcmlnaW4iOiJodHRwOi8vbG9jYWxob3N0Ojg0MTciLCJjcm9zc09yaWdpbiI6ZmFsc2V9",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
     "ISTHHfCD2GxA1PPrEnFD9jPvTUujZNrXePFWShTNh56fB66Zu156klw8UaZR9ylAyz9HNf3DLZANpG65ckOo7eK-"
     "uQ8wqAdIXGcv6qXJIagYiJYTZ4o1x4XvGaZl2tVikL_pIi8hqoxV65jn1HE1EEzwyRhPPc-BlSPijdLw2-8rcg5s"
     "MZMa1rGxvfe0FZhpcaqNo3scfVpL8ey2bGSYgE3H2jv0b4ZAaSTeMBZlc3aWHdGl6Cw9qTrAIY_8mirhPbSLHC1Z"
     "6xTNFfkBrmRHHGW4XpiVXE-oS7pIjuYVYvFSBBSWy1Mwxc9-P_TAOMNUbm46scp75IDb5r7iVgaoDA"},
};
enum { VECTOR_COUNT = sizeof vectors / sizeof vectors[0] };

#endif
