package dev.bench.chart;

/** Holds a plot as markup of its own. Only this package draws one, so that nothing else can pass for it. */
public final class Picture {
    private final String svg;

    Picture(String svg) {
        this.svg = svg;
    }

    /** Returns an SVG element whose colours are variables of the page; titles and names in it are escaped. */
    public String svg() {
        return svg;
    }
}
