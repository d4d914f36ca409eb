package dev.bench.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the ports of a service. */
final class PortReader {
    private static final Pattern WRITTEN =
            Pattern.compile("(?:(?:(?<ip>\\[[0-9a-fA-F:]+]|[0-9.]+):)?(?<published>[0-9]{1,5}(?:-[0-9]{1,5})?)?:)?"
                    + "(?<target>[0-9]{1,5}(?:-[0-9]{1,5})?)(?:/(?<protocol>tcp|udp))?");
    private static final int MOST = 65_535;
    private static final String NOT_PUBLISHED =
            "ports: nothing is published on the host; services are asked at their own addresses";

    private final Located service;
    private final Surroundings around;
    private final SortedSet<Integer> ports = new TreeSet<>();

    PortReader(Located service, Surroundings around) {
        this.service = service;
        this.around = around;
    }

    /** Is a port of the host that a service asks for, with the place that says so. */
    record Published(Located place, String port) {}

    /** Returns the TCP ports that the service is said to listen on, ascending. */
    List<Integer> read() {
        for (Located port : service.items("ports")) {
            if (port.isMapping()) {
                port.accept("app_protocol", "host_ip", "mode", "name", "protocol", "published", "target");
                listen(port.at("target"), port.text("target"), !"udp".equals(port.text("protocol")));
            } else if (port.requireScalar()) {
                Matcher matcher = WRITTEN.matcher(port.text());
                if (matcher.matches()) {
                    listen(port, matcher.group("target"), !"udp".equals(matcher.group("protocol")));
                } else {
                    port.reject(
                            "'" + port.text() + "' is not accepted; give \"80\", \"8080:80\", \"127.0.0.1:8080:80\" or"
                                    + " \"53:53/udp\"");
                }
            }
            around.notes().add(NOT_PUBLISHED);
        }
        for (Located port : service.items("expose")) {
            if (port.requireScalar()) {
                String[] parts = port.text().split("/", 2);
                listen(port, parts[0], parts.length == 1 || parts[1].equals("tcp"));
            }
        }
        return List.copyOf(ports);
    }

    private void listen(Located place, @Nullable String range, boolean tcp) {
        List<Integer> listed = range == null ? List.of() : numbers(range);
        if (listed.isEmpty()) {
            place.reject("'" + range + "' is not a port; give a number from 1 to 65535");
        } else if (tcp) {
            ports.addAll(listed);
        }
    }

    /** Returns the ports of the host that a service asks for. */
    static List<Published> published(Located service) {
        List<Published> all = new ArrayList<>();
        for (Located port : service.items("ports")) {
            String range = null;
            String protocol = null;
            if (port.isMapping()) {
                range = port.text("published");
                protocol = port.text("protocol");
            } else if (port.node().isScalar()) {
                Matcher matcher = WRITTEN.matcher(port.text());
                range = matcher.matches() ? matcher.group("published") : null;
                protocol = matcher.matches() ? matcher.group("protocol") : null;
            }
            String suffix = "udp".equals(protocol) ? "/udp" : "";
            if (range != null) {
                numbers(range).forEach(number -> all.add(new Published(port, number + suffix)));
            }
        }
        return all;
    }

    private static List<Integer> numbers(String range) {
        List<Integer> numbers = new ArrayList<>();
        if (range.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
            String[] bounds = range.split("-", 2);
            int first = Integer.parseInt(bounds[0]);
            int last = Integer.parseInt(bounds[bounds.length - 1]);
            for (int number = first; first > 0 && number <= last && last <= MOST; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }
}
