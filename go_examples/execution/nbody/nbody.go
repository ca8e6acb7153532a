// Package nbody moves the sun and four giant planets under each other's gravity: floating-point arithmetic on the fields of structs.
//
// Positions are in astronomical units, velocities in units a day, masses in suns; a step is 0.01 years, as in the Benchmarks Game.
package nbody

import "math"

const (
	solarMass   = 4 * math.Pi * math.Pi
	daysPerYear = 365.24
	step        = 0.01
)

// Input holds the arguments that the catalog names.
type Input struct {
	Steps int `json:"steps"`
}

// body is a point mass; lengths in astronomical units, times in years.
type body struct {
	x, y, z, vx, vy, vz, mass float64
}

// planets are Jupiter, Saturn, Uranus and Neptune, with velocities a day and masses in suns.
var planets = [...]body{
	{
		4.84143144246472090e+00, -1.16032004402742839e+00, -1.03622044471123109e-01,
		1.66007664274403694e-03, 7.69901118419740425e-03, -6.90460016972063023e-05,
		9.54791938424326609e-04,
	},
	{
		8.34336671824457987e+00, 4.12479856412430479e+00, -4.03523417114321381e-01,
		-2.76742510726862411e-03, 4.99852801234917238e-03, 2.30417297573763929e-05,
		2.85885980666130812e-04,
	},
	{
		1.28943695621391310e+01, -1.51111514016986312e+01, -2.23307578892655734e-01,
		2.96460137564761618e-03, 2.37847173959480950e-03, -2.96589568540237556e-05,
		4.36624404335156298e-05,
	},
	{
		1.53796971148509165e+01, -2.59193146099879641e+01, 1.79258772950371181e-01,
		2.68067772490389322e-03, 1.62824170038242295e-03, -9.51592254519715870e-05,
		5.15138902046611451e-05,
	},
}

// solarSystem returns the five bodies, the sun moving so that the whole stays where it is.
func solarSystem() []body {
	bodies := []body{{mass: solarMass}}
	for _, planet := range planets {
		planet.vx *= daysPerYear
		planet.vy *= daysPerYear
		planet.vz *= daysPerYear
		planet.mass *= solarMass
		bodies = append(bodies, planet)
		bodies[0].vx -= planet.vx * planet.mass / solarMass
		bodies[0].vy -= planet.vy * planet.mass / solarMass
		bodies[0].vz -= planet.vz * planet.mass / solarMass
	}
	return bodies
}

// energy returns the kinetic and potential energy of the system, which a good integration keeps.
func energy(bodies []body) float64 {
	total := 0.0
	for i, a := range bodies {
		total += 0.5 * a.mass * (a.vx*a.vx + a.vy*a.vy + a.vz*a.vz)
		for _, b := range bodies[i+1:] {
			dx, dy, dz := a.x-b.x, a.y-b.y, a.z-b.z
			total -= a.mass * b.mass / math.Sqrt(dx*dx+dy*dy+dz*dz)
		}
	}
	return total
}

// advance moves the bodies on by one step.
func advance(bodies []body) {
	for i := range bodies {
		a := &bodies[i]
		// In locals, as the compiler would store each change at once where b might be the same body as a.
		vx, vy, vz := a.vx, a.vy, a.vz
		for j := i + 1; j < len(bodies); j++ {
			b := &bodies[j]
			dx := a.x - b.x
			dy := a.y - b.y
			dz := a.z - b.z
			square := dx*dx + dy*dy + dz*dz
			pull := step / (square * math.Sqrt(square))
			pullA := b.mass * pull
			pullB := a.mass * pull
			vx -= dx * pullA
			vy -= dy * pullA
			vz -= dz * pullA
			b.vx += dx * pullB
			b.vy += dy * pullB
			b.vz += dz * pullB
		}
		a.vx, a.vy, a.vz = vx, vy, vz
	}
	for i := range bodies {
		body := &bodies[i]
		body.x += step * body.vx
		body.y += step * body.vy
		body.z += step * body.vz
	}
}

// Run returns the energy before and after.
func Run(in Input) [2]float64 {
	bodies := solarSystem()
	before := energy(bodies)
	for range in.Steps {
		advance(bodies)
	}
	return [2]float64{before, energy(bodies)}
}
