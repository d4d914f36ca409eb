package dev.bench.compare.render;

import dev.bench.compare.Compared;
import dev.bench.compare.ComparisonReport;
import dev.bench.compare.FailureChange;
import dev.bench.compare.LimitCheck;
import dev.bench.compare.Outcome;
import dev.bench.compare.Whole;
import dev.bench.document.PlainText;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Renders a comparison as JUnit XML: a comparison is a test, a regression a failure, an inconclusive verdict a skipped
 * test, so that no server shows it as passed.
 */
public final class JunitComparison {
    private final XMLStreamWriter xml;

    private JunitComparison(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** Returns the XML document. */
    public static String render(ComparisonReport report) {
        StringWriter text = new StringWriter();
        try {
            new JunitComparison(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text)).write(report);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text + "\n";
    }

    private void write(ComparisonReport report) throws XMLStreamException {
        long regressed = report.count(Outcome.REGRESSED)
                + report.failures().stream()
                        .filter(change -> change.outcome() == Outcome.REGRESSED)
                        .count()
                + whole(report, Outcome.REGRESSED)
                + limits(report, Outcome.REGRESSED);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuites");
        xml.writeStartElement("testsuite");
        attribute(
                "name",
                "bench compare " + report.base().id() + " " + report.head().id());
        attribute(
                "tests",
                Integer.toString(report.rows().size()
                        + (report.whole() == null ? 0 : 1)
                        + report.failures().size()
                        + report.limits().size()));
        attribute("failures", Long.toString(regressed));
        attribute("errors", "0");
        attribute(
                "skipped",
                Long.toString(report.count(Outcome.INCONCLUSIVE)
                        + whole(report, Outcome.INCONCLUSIVE)
                        + limits(report, Outcome.INCONCLUSIVE)));
        attribute("time", "0");
        for (Compared row : report.rows()) {
            begin(row.measurand().id(), Cells.target(row));
            verdict(row.outcome(), Cells.sentence(row));
        }
        Whole whole = report.whole();
        if (whole != null) {
            begin("whole", "all together");
            verdict(whole.outcome(), Cells.sentence(whole));
        }
        for (FailureChange change : report.failures()) {
            begin("failures", change.target());
            // Failures that do not decide are no gap in what was tested.
            verdict(
                    change.outcome() == Outcome.REGRESSED ? Outcome.REGRESSED : Outcome.EQUIVALENT,
                    Cells.sentence(change));
        }
        for (LimitCheck check : report.limits()) {
            begin("limit " + check.measurand().id(), check.target());
            verdict(check.outcome(), Cells.sentence(check));
        }
        element("system-out", TerminalComparison.render(report));
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private static long whole(ComparisonReport report, Outcome outcome) {
        Whole whole = report.whole();
        return whole != null && whole.outcome() == outcome ? 1 : 0;
    }

    private static long limits(ComparisonReport report, Outcome outcome) {
        return report.limits().stream()
                .filter(check -> check.outcome() == outcome)
                .count();
    }

    private void begin(String className, String name) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", className);
        attribute("name", name);
        attribute("time", "0");
    }

    private void verdict(Outcome outcome, String sentence) throws XMLStreamException {
        switch (outcome) {
            case REGRESSED -> {
                xml.writeStartElement("failure");
                attribute("type", outcome.label());
                attribute("message", sentence);
                xml.writeEndElement();
            }
            case INCONCLUSIVE -> {
                xml.writeStartElement("skipped");
                attribute("message", sentence);
                xml.writeEndElement();
            }
            case IMPROVED, EQUIVALENT -> element("system-out", sentence);
        }
        xml.writeEndElement();
    }

    private void element(String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        // The writer escapes markup, but lets through characters that no XML document may hold.
        for (String line : text.lines().toList()) {
            xml.writeCharacters(PlainText.printable(line) + "\n");
        }
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, PlainText.printable(value));
    }
}
