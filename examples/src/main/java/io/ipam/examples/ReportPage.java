package io.ipam.examples;

import io.ipam.Ipam;
import io.ipam.allocation.PoolAddresses;
import io.ipam.pool.Pool;
import io.ipam.tables.Markup;
import io.ipam.tables.PoolMap;
import io.ipam.tables.PoolTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A static HTML page, which is also XML: every refusal with its reasons, the wide table, and the
 * map of every pool. Its content security policy enforces that it loads and runs nothing.
 */
final class ReportPage {
    /** With more pools than this, all maps are closed when the page is loaded. */
    private static final int MOST_OPEN_MAPS = 40;

    /** The maximum number of rows: a map of more than 512 addresses shows blocks. */
    private static final int MAP_ROWS = 16;

    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private final Ipam ipam;
    private final int pods;
    private final List<Refusal> refusals;
    private final StringBuilder out = new StringBuilder();

    ReportPage(Ipam ipam, int pods, List<Refusal> refusals) {
        this.ipam = ipam;
        this.pods = pods;
        this.refusals = List.copyOf(refusals);
    }

    /** Writes the page to a file; replaces the file if it exists. */
    void write(Path file) {
        try {
            Files.writeString(file, html());
        } catch (IOException e) {
            throw new BrokenManifestException(file.toString(), "", "cannot be written: " + e);
        }
    }

    String html() {
        List<Pool> pools = ipam.catalog().pools();
        out.setLength(0);
        out.append("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n")
                .append("<meta charset=\"utf-8\"/>\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .append("<title>IP address report</title>\n<style>\n" + style() + "</style>\n</head>\n<body>\n")
                .append("<header>\n<h1>IP address report</h1>\n<p>")
                .append(pods - refusals.size() + " of " + pods + " pods have addresses.</p>\n<p>")
                .append("<a href=\"#refusals\">Refusals: " + refusals.size() + "</a> ")
                .append("<a href=\"#pools\">Pools: " + pools.size() + "</a> <a href=\"#maps\">Maps</a></p>\n")
                .append("</header>\n<main>\n");
        addRefusals();
        addTable();
        addMaps(pools);
        return out.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String style() {
        try (InputStream in = ReportPage.class.getResourceAsStream("/report.css")) {
            if (in == null) {
                throw new IllegalStateException("no /report.css on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addRefusals() {
        out.append("<section id=\"refusals\">\n<h2>Refused pods</h2>\n");
        if (refusals.isEmpty()) {
            out.append("<p>None.</p>\n");
        }
        Map<Refusal, List<String>> podsByRefusal = new LinkedHashMap<>();
        refusals.forEach(refusal -> podsByRefusal
                .computeIfAbsent(refusal.withoutPod(), key -> new ArrayList<>())
                .add(refusal.pod()));
        podsByRefusal.forEach(this::addRefusal);
        out.append("</section>\n");
    }

    /** Pods with equal refusals share an article. */
    private void addRefusal(Refusal refusal, List<String> podNames) {
        out.append("<article>\n<h3>" + Markup.escape(podNames.get(0)) + "</h3>\n");
        if (podNames.size() > 1) {
            out.append("<details>\n<summary>and " + (podNames.size() - 1) + " more</summary>\n<ul>\n");
            podNames.stream().skip(1).forEach(name -> addItem("", name));
            out.append("</ul>\n</details>\n");
        }
        out.append("<p><strong>")
                .append(Markup.escape(refusal.reason()))
                .append("</strong>, decided by " + Markup.escape(refusal.source()) + "</p>\n<ul>\n");
        refusal.reasons().forEach(reason -> addItem("", reason));
        refusal.notes().forEach(note -> addItem("note: ", note));
        out.append("</ul>\n");
        refusal.remedy()
                .ifPresent(remedy -> out.append("<p class=\"remedy\">Remedy: " + Markup.escape(remedy) + "</p>\n"));
        out.append("</article>\n");
    }

    private void addItem(String before, String text) {
        out.append("<li>" + before + Markup.escape(text) + "</li>\n");
    }

    private void addTable() {
        out.append("<section id=\"pools\">\n<h2>Pools</h2>\n")
                .append("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Pools\">\n")
                .append(PoolTable.html(ipam.catalog(), ipam.usage()))
                .append("</div>\n</section>\n");
    }

    private void addMaps(List<Pool> pools) {
        out.append("<section id=\"maps\">\n<h2>Maps</h2>\n<p>A cell is one address. In a large pool it is a block ")
                .append("of addresses. Point at a cell to read its addresses.</p>\n<div class=\"maps\">\n");
        String open = pools.size() > MOST_OPEN_MAPS ? "" : " open=\"open\"";
        for (Pool pool : pools) {
            ipam.state().addresses(pool.name()).ifPresent(addresses -> addMap(addresses, open));
        }
        out.append("</div>\n</section>\n");
    }

    private void addMap(PoolAddresses addresses, String open) {
        Pool pool = addresses.pool();
        BigInteger total = pool.addresses().size();
        out.append("<details" + open + ">\n<summary><b>" + Markup.escape(pool.name()) + "</b> " + pool.subnet())
                .append(" <span>" + addresses.held().size() + " of " + total + " held</span></summary>\n")
                .append(PoolMap.of(addresses, MAP_ROWS).svg())
                .append("</details>\n");
    }
}
