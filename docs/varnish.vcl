# Varnish 6.6 or newer in front of the newsstand (Debian: varnish and varnish-modules, which has the xkey module).
# Redaksi says on each page what stands on it (Surrogate-Key), and says here what has changed (PURGE): REDAKSI_CACHES=http://127.0.0.1:6081.
vcl 4.1;

import std;
import xkey;

backend newsstand {
    .host = "127.0.0.1";
    .port = "8000";
    # Any answer to an unknown host is 421 as long as there is a shelf: the newsstand needs no page of its own for this.
    .probe = {
        .request = "HEAD / HTTP/1.1" "Host: probe.invalid" "Connection: close";
        .expected_response = 421;
        .interval = 2s;
        .timeout = 1s;
        .window = 3;
        .threshold = 2;
        .initial = 2;
    }
}

# Where the press runs.
acl press {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ press) {
            return (synth(405));
        }
        set req.http.purged = xkey.softpurge(req.http.xkey-softpurge);
        return (synth(200, "Purged " + req.http.purged));
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    unset req.http.Cookie;
    # What newsletters and advertisers hang onto addresses means nothing here, and would be kept as a page of its own.
    set req.url = regsuball(req.url, "([?&])(utm_[a-z]+|fbclid|gclid|mc_cid|mc_eid)=[^&]*", "\1");
    set req.url = regsub(regsuball(req.url, "&&+", "&"), "[?&]+$", "");
    set req.url = regsub(req.url, "\?&", "?");
    # A page that was purged, or is past its time, is shown for another second at most while it is asked for again; for a day
    # where nothing better can be had.
    if (std.healthy(req.backend_hint) && !req.http.X-Stale) {
        set req.grace = 1s;
    }
    return (hash);
}

sub vcl_backend_response {
    if (beresp.http.Surrogate-Key) {
        set beresp.http.xkey = beresp.http.Surrogate-Key;
        unset beresp.http.Surrogate-Key;
        set beresp.grace = 24h;
    }
    if (beresp.status >= 500 && bereq.is_bgfetch) {
        return (abandon);
    }
}

sub vcl_deliver {
    # Once more, content with an older page.
    if (resp.status >= 500 && req.restarts == 0) {
        set req.http.X-Stale = "1";
        return (restart);
    }
    # Readers ask each time, so that they see a purge at once.
    set resp.http.Cache-Control = regsub(resp.http.Cache-Control, "max-age=0, s-maxage=.*$", "max-age=0, must-revalidate");
    set resp.http.Cache-Control = regsub(resp.http.Cache-Control, ", s-maxage=.*$", "");
    unset resp.http.xkey;
    unset resp.http.Age;
}
